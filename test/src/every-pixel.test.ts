// A picture of any small size has all its pixels, however often it is decoded on the same instance.
//
// `npm run test:sizes` tries all 4,096 sizes twenty times; here are 128 of them, three times.

import { describe, expect, test } from "vitest";
import type { Size } from "../../schema/facts.ts";
import type { Pixels } from "../../workers/src/geometry/pixels.ts";
import { codecs } from "../../workers/src/render/codecs/index.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { fileOf, noise } from "../support/noise.ts";
import { bmpOf, icoOf, icoOfPng, tiffOf } from "../support/whole-frames.ts";
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

  test.each([
    ["bmp", async (picture: Pixels) => bmpOf(picture)],
    ["tiff", async (picture: Pixels) => tiffOf(picture)],
    ["ico", async (picture: Pixels) => icoOf(picture)],
    ["ico", async (picture: Pixels) => icoOfPng(picture, await fileOf("png", picture, null))],
  ] as const)("of a %s of any size up to 64, time after time", async (format, write) => {
    for (const [width = 1, height = 1] of sizes) {
      const picture = noise(width, height, width * 64 + height);
      if (format !== "bmp") makeClear(picture);
      const file = await write(picture);
      for (let time = 0; time < times; time++) {
        const { data } = await decoded(format, file, { width, height });
        expect(Buffer.compare(Buffer.from(data), Buffer.from(picture.data)), `${width}x${height}`).toBe(0);
      }
    }
  });

  test("of a heic that is cut anywhere in its last tiles", async () => {
    const file = await fixtureBytes("photo.heic");
    const full = { width: 1200, height: 900 };
    const whole = await decoded("heic", file, full);
    for (let cut = 0; cut < 64; cut += isWhole ? 1 : 13) {
      const size = { width: full.width - cut, height: full.height - ((cut * 5) % 64) };
      const { data } = await decoded("heic", heicOf(file, full, size), size);
      for (let y = 0; y < size.height; y++) {
        const row = Buffer.from(data.subarray(y * size.width * 4, (y + 1) * size.width * 4));
        const meant = whole.data.subarray(y * full.width * 4, (y * full.width + size.width) * 4);
        expect(Buffer.compare(row, Buffer.from(meant)), `row ${y} of ${size.height}`).toBe(0);
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
  format: Output | "bmp" | "tiff" | "ico" | "heic",
  file: Uint8Array,
  size: Size,
): Promise<Pixels> {
  const wanted = { stored: size, turn: 1, window: { x: 0, y: 0, ...size }, content: size } as const;
  return codecs.read[format].decode(heldBytes(file), wanted);
}

/** Some of it clear, none of it so clear that a writer may forget its colour. */
function makeClear({ data }: Pixels): void {
  for (let at = 3; at < data.length; at += 12) data[at] = 1 + (at % 254);
}

/** The same three columns and two rows of tiles, of which less is shown. */
function heicOf(file: Uint8Array<ArrayBuffer>, from: Size, to: Size): Uint8Array<ArrayBuffer> {
  const copy = file.slice();
  const view = new DataView(copy.buffer);
  for (let at = 0; at + 8 <= copy.length; at++) {
    if (view.getUint32(at) === from.width && view.getUint32(at + 4) === from.height) {
      view.setUint32(at, to.width);
      view.setUint32(at + 4, to.height);
    }
    if (view.getUint32(at) === 0x0000_0102 && view.getUint16(at + 4) === from.width) {
      view.setUint16(at + 4, to.width);
      view.setUint16(at + 6, to.height);
    }
  }
  return copy;
}
