// A picture that is stored on its side, in each format and each of eight ways: the API's size, the plain URL in a browser and a rendering
// say the same of it.
import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { Image as ApiImage } from "../../schema/api.ts";
import { startBrowser } from "../support/browser.ts";
import { quadrants } from "../support/drawing.ts";
import { buildExif } from "../support/make-fixtures/exif.ts";
import { insertChunks } from "../support/make-fixtures/png-chunks.ts";
import { upload } from "../support/upload.ts";

const origin = inject("origin");
const key = inject("key");
let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await startBrowser();
  page = await browser.newPage({ extraHTTPHeaders: ownAddress });
  await page.goto(`${origin}/`);
});
afterAll(() => browser?.close());

/** What an address may have rendered in a minute is shared by all that come from it: these come from one of their own. */
const ownAddress = { "CF-Connecting-IP": "203.0.113.77" };

const size = { width: 120, height: 80 } as const;
const stored = sharp(quadrants(size.width, size.height).data, {
  raw: { ...size, channels: 4 },
}).removeAlpha();
const marked = (orientation: number) => stored.clone().withMetadata({ orientation });

/** The turns that one box of a HEIF can say: quarters against the clock, or a mirror. */
const boxes: Readonly<Record<number, readonly [name: string, value: number]>> = {
  1: ["irot", 0],
  2: ["imir", 1],
  3: ["irot", 2],
  4: ["imir", 0],
  6: ["irot", 3],
  8: ["irot", 1],
};

/** A phone's photo of which the turn was changed. */
function heic(orientation: number): Buffer {
  const [name, value] = boxes[orientation] ?? ["irot", 0];
  const file = readFileSync("test/fixtures/photo.heic");
  const at = file.indexOf("irot");
  file.write(name, at, "latin1");
  file[at + 4] = value;
  return file;
}

const orientations = [1, 2, 3, 4, 5, 6, 7, 8] as const;
const formats: Readonly<Record<string, (orientation: number) => Promise<Buffer> | Buffer>> = {
  jpg: (orientation) => marked(orientation).jpeg({ quality: 95, chromaSubsampling: "4:4:4" }).toBuffer(),
  png: async (orientation) =>
    insertChunks(await stored.clone().png().toBuffer(), [{ type: "eXIf", body: buildExif({ orientation }) }]),
  webp: (orientation) => marked(orientation).webp({ quality: 95 }).toBuffer(),
  avif: (orientation) => marked(orientation).avif({ quality: 90, effort: 0 }).toBuffer(),
  tiff: (orientation) => marked(orientation).tiff({ compression: "lzw" }).toBuffer(),
  heic,
};
const rows = Object.entries(formats).flatMap(([format, make]) =>
  orientations
    .filter((orientation) => format !== "heic" || boxes[orientation])
    .map((orientation) => [format, orientation, make] as const),
);

interface Seen {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue of its corners, row by row. */
  readonly corners: readonly (readonly number[])[];
}

/** As the browser shows it. */
function shown(url: string): Promise<Seen> {
  return page.evaluate(async (src) => {
    const image = new Image();
    image.src = src;
    await image.decode();
    const { naturalWidth: width, naturalHeight: height } = image;
    const context = new OffscreenCanvas(width, height).getContext("2d");
    context?.drawImage(image, 0, 0);
    const at = (x: number, y: number) => [...(context?.getImageData(x, y, 1, 1).data ?? [])].slice(0, 3);
    const [right, bottom] = [width - 10, height - 10];
    return { width, height, corners: [at(10, 10), at(right, 10), at(10, bottom), at(right, bottom)] };
  }, url);
}

async function rendered(url: string): Promise<Seen> {
  const answer = await fetch(url, { headers: ownAddress });
  expect(answer.status, await answer.clone().text()).toBe(200);
  const { data, info } = await sharp(await answer.bytes())
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const at = (x: number, y: number) => [...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)];
  const [right, bottom] = [width - 10, height - 10];
  return { width, height, corners: [at(10, 10), at(right, 10), at(10, bottom), at(right, bottom)] };
}

const farthestOf = (one: Seen, other: Seen) =>
  Math.max(...one.corners.flat().map((value, at) => Math.abs(value - (other.corners.flat()[at] ?? 0))));

describe.each(rows)("%s with orientation %i", (format, orientation, make) => {
  test("has one size and one look, by API, plain URL and variant", async () => {
    const file = new File([Uint8Array.from(await make(orientation))], `turned.${format}`);
    const image: ApiImage = await upload((path, order) => fetch(origin + path, order), file, { key });
    const plain = await shown(image.url);
    const variant = await rendered(image.url.replace(/\w+$/, format === "png" ? "jpg" : "png"));
    const { width, height } = image;
    expect(plain).toMatchObject({ width, height });
    expect(variant).toMatchObject({ width, height });
    expect(farthestOf(plain, variant)).toBeLessThan(16);
    // No browser turns a WebP; all turn the others.
    const isTurned = format !== "webp" && orientation > 4;
    if (format !== "heic") expect([width, height]).toEqual(isTurned ? [80, 120] : [120, 80]);
  });
});
