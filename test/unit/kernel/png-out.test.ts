// PNG out, read back by an independent decoder: exact pixels, in the smallest type that holds them.

import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { createPngOut, type PngOutExports } from "../../../workers/src/kernel/host/png/out.ts";
import { seededRandom } from "../../harness/seeded-random.ts";
import { instantiateKernel } from "../../support/kernel-exports.ts";

const kernel = instantiateKernel<PngOutExports>(["pngOutBegin", "pngOutRow", "pngCrc"]);

interface Options {
  readonly isOpaque?: boolean;
  readonly holdBytes?: number;
}

async function encode(
  rgba: Uint8Array,
  width: number,
  height: number,
  options: Options = {},
): Promise<Buffer> {
  kernel.reset();
  const parts: Uint8Array[] = [];
  const row = kernel.alloc(width * 4);
  let status = kernel.pngOutBegin(width, height, options.isOpaque ? 1 : 0, options.holdBytes ?? 16 << 20);
  const png = createPngOut(kernel, { width, height }, (bytes) => void parts.push(bytes.slice()));
  if (!png) throw new Error("no memory");
  for (let y = 0; y < height; y++) {
    new Uint8Array(kernel.memory.buffer).set(rgba.subarray(y * width * 4, (y + 1) * width * 4), row);
    for (status = kernel.pngOutRow(row); status === 2; status = kernel.pngOutPump()) await png.take();
  }
  expect(status).toBe(1);
  await png.finish();
  return Buffer.concat(parts);
}

/** Type and depth out of IHDR. */
const typeOf = (file: Buffer) => `${file[25]}/${file[24]}`;

function paint(
  width: number,
  height: number,
  colour: (x: number, y: number) => readonly number[],
): Uint8Array {
  const rgba = new Uint8Array(width * height * 4);
  for (let i = 0; i < width * height; i++) rgba.set(colour(i % width, Math.floor(i / width)), i * 4);
  return rgba;
}

const photo = (x: number, y: number) => [(x * 7 + y * 3) & 255, (x * 5) & 255, (y * 11 + x) & 255, 255];

const pictures: readonly [string, string, (x: number, y: number) => readonly number[]][] = [
  ["many colours, opaque", "2/8", photo],
  ["many colours, translucent", "6/8", (x, y) => [...photo(x, y).slice(0, 3), (x * y) & 255]],
  ["gray", "0/8", (x, y) => [...Array(3).fill((x * 3 + y) & 255), 255]],
  ["gray, translucent", "4/8", (x, y) => [...Array(3).fill((x * 3 + y) & 255), (x * 2 + y * 5) & 255]],
  ["200 colours", "3/8", (x, y) => [(x + y * 10) % 200, 50, 99, 255]],
  ["16 colours", "3/4", (x) => [(x % 16) * 16, 50, 99, 255]],
  [
    "4 colours, one transparent",
    "3/2",
    (x, y) => [(x % 2) * 255, (y % 2) * 255, 0, x % 2 && y % 2 ? 0 : 255],
  ],
  ["black and white", "3/1", (x, y) => [...Array(3).fill((x ^ y) & 1 ? 255 : 0), 255]],
];

describe("PNG out keeps every pixel", () => {
  for (const [name, type, colour] of pictures) {
    it(`of a picture in ${name}, as type ${type}`, async () => {
      const rgba = paint(131, 70, colour);
      const file = await encode(rgba, 131, 70);
      expect(typeOf(file)).toBe(type);
      const decoded = await sharp(file, { failOn: "warning" })
        .ensureAlpha()
        .toColourspace("srgb")
        .raw()
        .toBuffer();
      expect(decoded.equals(rgba)).toBe(true);
    });
  }

  it("at every width around a vector's", async () => {
    const random = seededRandom(3);
    for (let width = 1; width < 40; width++) {
      const rgba = paint(width, 30, () => [random() * 256, random() * 256, random() * 256, random() * 256]);
      const file = await encode(rgba, width, 30);
      expect((await sharp(file).ensureAlpha().raw().toBuffer()).equals(rgba), `${width}`).toBe(true);
    }
  });

  it("of a picture too large to hold, in the type that the caller knows", async () => {
    const rgba = paint(900, 700, photo);
    for (const isOpaque of [true, false]) {
      const file = await encode(rgba, 900, 700, { isOpaque, holdBytes: 0 });
      expect(typeOf(file)).toBe(isOpaque ? "2/8" : "6/8");
      expect((await sharp(file).ensureAlpha().raw().toBuffer()).equals(rgba)).toBe(true);
    }
  });
});

it("PNG out filters a photographic picture as well as libpng does", async () => {
  const random = seededRandom(5);
  const rgba = paint(400, 300, (x, y) => {
    const light = 120 + 80 * Math.sin(x / 30) + 40 * Math.cos(y / 17) + random() * 6;
    return [light, light * 0.9, 255 - light, 255];
  });
  const ours = await encode(rgba, 400, 300);
  const image = sharp(rgba, { raw: { width: 400, height: 300, channels: 4 } }).removeAlpha();
  const theirs = await image.png({ adaptiveFiltering: true, compressionLevel: 6 }).toBuffer();
  expect(ours.length).toBeLessThan(theirs.length * 1.03);
});

it("PNG out refuses impossible sizes and too little memory with a status", () => {
  kernel.reset();
  expect(kernel.pngOutBegin(0, 1, 0, 0)).toBe(-5);
  expect(kernel.pngOutBegin(1, 70_000, 0, 0)).toBe(-5);
  kernel.setMemoryLimit(1 << 20);
  expect(kernel.pngOutBegin(65_535, 65_535, 0, 0)).toBe(-4);
  kernel.setMemoryLimit(256 << 20);
  expect(kernel.pngOutRow(0)).toBe(-5);
});
