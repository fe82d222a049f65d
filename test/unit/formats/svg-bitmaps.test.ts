// A photo inside a drawing would carry its place and its camera past every stripper: it is a file of its own, and cleaned as one.
import { randomBytes } from "node:crypto";
import sharp from "sharp";
import { expect, test } from "vitest";
import { sanitizeSvg } from "../../support/whole-svg.ts";

const SECRET = "Ida Secret, 47.3769 N 8.5417 E";
const photo = sharp({ create: { width: 90, height: 60, channels: 3, background: "#c84" } }).withExif({
  IFD0: { Copyright: SECRET },
});
const photos = {
  jpeg: await photo.clone().jpeg().toBuffer(),
  png: await photo.clone().png().toBuffer(),
  webp: await photo.clone().webp().toBuffer(),
  avif: await photo.clone().avif().toBuffer(),
};

const drawingOf = (href: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><image width="9" height="6" ${href}/></svg>`;

/** The bitmap that a sanitised drawing still carries, as its type and bytes. */
function carried(href: string) {
  const result = sanitizeSvg(drawingOf(href));
  if (!result.ok) throw new Error(result.reason);
  const found = /href="data:image\/(\w+);base64,([^"]*)"/.exec(result.svg);
  return found && { type: found[1], bytes: Buffer.from(found[2] ?? "", "base64"), svg: result.svg };
}

test.each(Object.entries(photos))(
  "a %s inside an SVG loses its EXIF and keeps its pixels",
  async (type, file) => {
    expect(file.includes(SECRET)).toBe(true);
    for (const attribute of ["href", "xlink:href"]) {
      const left = carried(`${attribute}="data:image/${type};base64,${file.toString("base64")}"`);
      expect(left?.type).toBe(type);
      expect(left?.bytes.includes(SECRET)).toBe(false);
      expect(await sharp(left?.bytes).raw().toBuffer()).toEqual(await sharp(file).raw().toBuffer());
    }
  },
);

test("a photo under another type's name, in lines, loses its EXIF too", () => {
  const lines = photos.jpeg.toString("base64").replace(/.{76}/g, "$&\n  ");
  const left = carried(`href=" data:image/PNG;base64,${lines}\t"`);
  expect(left?.type).toBe("jpeg");
  expect(left?.bytes.includes(SECRET)).toBe(false);
});

test("what hides behind a bitmap's end goes", () => {
  const both = Buffer.concat([photos.png, photos.jpeg]);
  const left = carried(`href="data:image/png;base64,${both.toString("base64")}"`);
  expect(left?.bytes.includes(SECRET)).toBe(false);
  expect(left?.bytes.length).toBeLessThan(photos.png.length);
});

test.each([
  ["is cut short in its head", photos.png.subarray(0, 30).toString("base64")],
  ["is of no known kind", Buffer.from(`BM ${SECRET}`).toString("base64")],
  ["is empty", ""],
  ["is no base64", "%%%%"],
  [
    "goes on behind its padding",
    `${photos.png.subarray(0, 100).toString("base64")}${photos.png.toString("base64")}`,
  ],
])("a bitmap that %s does not stay", (_, base64) => {
  expect(carried(`href="data:image/png;base64,${base64}"`)).toBeNull();
});

test("a bitmap of megabytes comes out whole, in short pieces", async () => {
  const pixels = randomBytes(1_200 * 1_200 * 3);
  const large = await sharp(pixels, { raw: { width: 1_200, height: 1_200, channels: 3 } })
    .png({ compressionLevel: 1 })
    .toBuffer();
  expect(large.length).toBeGreaterThan(3_000_000);
  const left = carried(`href="data:image/png;base64,${large.toString("base64")}"`);
  expect(await sharp(left?.bytes).raw().toBuffer()).toEqual(pixels);
});
