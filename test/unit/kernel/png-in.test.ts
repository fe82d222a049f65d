// PNG in against libspng/libpng (through sharp): every type by pixel equality.

import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../harness/seeded-random.ts";
import { decode, shapeOf, smooth, types } from "../../support/png-in-kernel.ts";
import { chunk, type PngShape, writePng } from "../../support/png-writer.ts";

/** RGBA as sharp sees it; 16 bits are reduced here with the rounding that the PNG specification asks for. */
async function reference(file: Uint8Array, deep: boolean) {
  if (!deep) return sharp(file).ensureAlpha().toColourspace("srgb").raw().toBuffer();
  const raw = await sharp(file).ensureAlpha().toColourspace("rgb16").raw({ depth: "ushort" }).toBuffer();
  const values = new Uint16Array(raw.buffer, raw.byteOffset, raw.length / 2);
  return Buffer.from(Uint8Array.from(values, (v) => Math.round(v / 257)));
}

const typeNames: Record<number, string> = {
  0: "gray",
  2: "RGB",
  3: "palette",
  4: "gray and alpha",
  6: "RGBA",
};

describe("PNG in gives the pixels of an independent decoder", () => {
  for (const [colourType, bitDepth] of types) {
    for (const interlaced of [false, true]) {
      it(`${typeNames[colourType]}, ${bitDepth} bit${interlaced ? ", interlaced" : ""}, at every odd size`, async () => {
        const sizes = [
          [1, 1],
          [2, 3],
          [5, 7],
          [8, 8],
          [33, 9],
          [64, 61],
        ];
        for (const [width = 1, height = 1] of sizes) {
          const file = writePng(
            shapeOf(colourType, bitDepth, { width, height, interlaced }),
            smooth(2 ** bitDepth - 1),
          );
          const { result, pixels } = await decode(file);
          expect(result.ok).toBe(true);
          expect(pixels.equals(await reference(file, bitDepth === 16)), `${width}x${height}`).toBe(true);
        }
      });
    }
  }

  it("undoes each filter on noise, over rows longer than a vector", async () => {
    const random = seededRandom(7);
    for (const [colourType, bitDepth] of types) {
      for (const filter of [0, 1, 2, 3, 4]) {
        const shape = { ...shapeOf(colourType, bitDepth, { width: 123, height: 6 }), filter: () => filter };
        const file = writePng(shape, () => Math.floor(random() * 2 ** bitDepth));
        const { pixels } = await decode(file);
        expect(
          pixels.equals(await reference(file, bitDepth === 16)),
          `${colourType}/${bitDepth} filter ${filter}`,
        ).toBe(true);
      }
    }
  });

  it("makes the colours of tRNS transparent, in palettes and by key", async () => {
    const shapes: PngShape[] = [
      {
        ...shapeOf(3, 8, { width: 40, height: 10 }),
        transparency: Uint8Array.from({ length: 99 }, (_, i) => i * 2),
      },
      { ...shapeOf(0, 4, { width: 40, height: 10 }), transparency: Uint8Array.of(0, 7) },
      { ...shapeOf(0, 8, { width: 40, height: 10 }), transparency: Uint8Array.of(0, 128) },
      { ...shapeOf(0, 16, { width: 40, height: 10 }), transparency: Uint8Array.of(1, 2) },
      { ...shapeOf(2, 8, { width: 40, height: 10 }), transparency: Uint8Array.of(0, 1, 0, 2, 0, 3) },
      { ...shapeOf(2, 16, { width: 40, height: 10 }), transparency: Uint8Array.of(1, 2, 3, 4, 5, 6) },
    ];
    for (const shape of shapes) {
      const key = shape.transparency ?? [];
      const deep = shape.bitDepth === 16;
      const keyed = (channel: number) => (key[channel * 2] ?? 0) * 256 + (key[channel * 2 + 1] ?? 0);
      const draw = smooth(2 ** shape.bitDepth - 1);
      const file = writePng(shape, (x, y, c) =>
        x % 3 === 0 && shape.colourType !== 3 ? keyed(c) : draw(x, y, c),
      );
      const { pixels } = await decode(file);
      const expected = await reference(file, deep);
      expect(pixels.equals(expected), `${shape.colourType}/${shape.bitDepth}`).toBe(true);
    }
  });

  it("does not mind how the file is cut into pieces and chunks", async () => {
    const file = writePng({ ...shapeOf(2, 8, { width: 50, height: 40 }), chunkBytes: 7 }, smooth(255));
    const whole = await decode(file, file.length);
    for (const pieceBytes of [1, 3, 64])
      expect((await decode(file, pieceBytes)).pixels.equals(whole.pixels)).toBe(true);
  });

  it("reads rows wider than a batch", async () => {
    const file = writePng(shapeOf(6, 16, { width: 20_000, height: 3 }), smooth(65535));
    const { pixels } = await decode(file, 65536);
    expect(pixels.equals(await reference(file, true))).toBe(true);
  });
});

describe("PNG in hands over the ICC profile", () => {
  const shape = shapeOf(2, 8, { width: 9, height: 9 });
  const iccp = (profile: Uint8Array) =>
    chunk("iCCP", Buffer.concat([Buffer.from("name\0\0", "latin1"), deflateSync(profile)]));
  const decodeWith = (...extra: Uint8Array[]) => decode(writePng({ ...shape, extra }, smooth(255)));

  it("inflated", async () => {
    const profile = Uint8Array.from({ length: 5000 }, (_, i) => i % 251);
    expect((await decodeWith(iccp(profile))).profile).toEqual(profile);
  });

  it("but not where the file says that it is sRGB, nor a broken or endless one", async () => {
    const srgb = chunk("sRGB", Uint8Array.of(0));
    const broken = chunk("iCCP", Buffer.from("name\0\0no zlib stream", "latin1"));
    for (const extra of [[srgb, iccp(new Uint8Array(100))], [broken], [iccp(new Uint8Array(30 << 20))]]) {
      const { result, profile } = await decodeWith(...extra);
      expect(result.ok).toBe(true);
      expect(profile).toBeUndefined();
    }
  });
});
