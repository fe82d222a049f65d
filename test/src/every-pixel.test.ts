// A picture of any small size has all its pixels, however often it is decoded on the same instance.
//
// `npm run test:sizes` tries all 4,096 sizes twenty times; here are 128 of them, three times.
import { describe, expect, test } from "vitest";
import type { Pixels } from "../../workers/src/geometry/pixels.ts";
import { codecs } from "../../workers/src/render/codecs/index.ts";
import { fileOf, noise } from "../support/noise.ts";
import { heldBytes } from "./src-request.ts";

type Output = keyof typeof codecs.write;

const isWhole = import.meta.env.VITE_EVERY_SIZE === "1";

describe("every pixel is there", () => {
  const sides = Array.from({ length: 64 }, (_, index) => index + 1);
  /** All widths with some heights, all heights with some widths: what an allocator writes hangs on the product. */
  const some = sides.flatMap((side) => [
    [side, ((side * 7) % 64) + 1],
    [((side * 11) % 64) + 1, side],
  ]);
  const sizes = isWhole ? sides.flatMap((width) => sides.map((height) => [width, height])) : some;
  const times = isWhole ? 20 : 3;

  test.each(["png", "webp"] as const)("of a %s of any size up to 64, time after time", async (format) => {
    for (const [width = 1, height = 1] of sizes) {
      const picture = noise(width, height, width * 64 + height);
      const file = await fileOf(format, picture, null);
      for (let time = 0; time < times; time++) {
        const { data } = await decoded(format, file, { width, height });
        expect(Buffer.compare(Buffer.from(data), Buffer.from(picture.data)), `${width}x${height}`).toBe(0);
      }
    }
  });

  test("of a bmp of any size up to 64, time after time", async () => {
    for (const [width = 1, height = 1] of sizes) {
      const picture = noise(width, height, width * 64 + height);
      const file = bmpOf(picture);
      for (let time = 0; time < times; time++) {
        const { data } = await decoded("bmp", file, { width, height });
        expect(Buffer.compare(Buffer.from(data), Buffer.from(picture.data)), `${width}x${height}`).toBe(0);
      }
    }
  });

  test.each(["avif", "jpg", "gif"] as const)(
    "of a flat %s of any size up to 64, time after time",
    async (format) => {
      for (const [width = 1, height = 1] of sizes) {
        const data = new Uint8ClampedArray(width * height * 4);
        for (let at = 0; at < data.length; at += 4) data.set([200, 100, 50, 255], at);
        const file = await fileOf(format, { width, height, data }, 90);
        for (let time = 0; time < times; time++) {
          const found = await decoded(format, file, { width, height });
          const far = Math.max(...found.data.map((value, at) => Math.abs(value - (data[at] ?? 0))));
          expect(far, `${width}x${height}`).toBeLessThan(4);
        }
      }
    },
  );
});

function decoded(
  format: Output | "bmp",
  file: Uint8Array,
  size: { width: number; height: number },
): Promise<Pixels> {
  const wanted = { stored: size, turn: 1, window: { x: 0, y: 0, ...size }, content: size } as const;
  return codecs.read[format].decode(heldBytes(file), wanted);
}

/** 24 bits a pixel, bottom row first, rows of whole words. */
function bmpOf({ width, height, data }: Pixels): Uint8Array {
  const stride = Math.ceil((width * 3) / 4) * 4;
  const file = new Uint8Array(54 + stride * height);
  const view = new DataView(file.buffer);
  file.set([0x42, 0x4d]);
  view.setUint32(2, file.length, true);
  view.setUint32(10, 54, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, width, true);
  view.setInt32(22, height, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [red = 0, green = 0, blue = 0] = data.subarray((y * width + x) * 4);
      file.set([blue, green, red], 54 + (height - 1 - y) * stride + x * 3);
    }
  return file;
}
