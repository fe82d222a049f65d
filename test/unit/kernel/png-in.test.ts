// PNG in against libspng/libpng (through sharp): every type by pixel equality, and files that lie.

import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { beforeEach, describe, expect, it } from "vitest";
import { Damage } from "../../../workers/formats/damage.ts";
import { decodePng, type PngInExports } from "../../../workers/src/kernel/host/png/in.ts";
import { seededRandom } from "../../harness/seeded-random.ts";
import { instantiateKernel } from "../../support/kernel-exports.ts";
import { chunk, filteredRows, ihdr, type PngShape, signature, writePng } from "../../support/png-writer.ts";

const kernel = instantiateKernel<PngInExports>(["pngInBegin", "pngInStep", "pngCrc"]);
const limit = 64 << 20;

beforeEach(() => {
  kernel.reset();
  kernel.setMemoryLimit(limit);
});

async function decode(file: Uint8Array, pieceBytes = 1000) {
  kernel.reset();
  let at = 0;
  const out: Uint8Array[] = [];
  let width = 0;
  let found: Uint8Array | undefined;
  const result = await decodePng(
    kernel,
    async () => {
      const piece = file.subarray(at, at + pieceBytes);
      at += piece.length;
      return piece.length > 0 ? piece : undefined;
    },
    {
      begin(header, profile) {
        width = header.width;
        found = profile;
        return undefined;
      },
      rows() {
        for (;;) {
          const status = kernel.pngInStep();
          if (status === 0) return "more";
          if (status === 1) return "done";
          if (status < 0) return new Damage(`status ${status}`);
          out.push(new Uint8Array(kernel.memory.buffer, kernel.pngInRow(), width * 4).slice());
        }
      },
    },
  );
  return { result, pixels: Buffer.concat(out), profile: found };
}

/** RGBA as sharp sees it; 16 bits are reduced here with the rounding that the PNG specification asks for. */
async function reference(file: Uint8Array, deep: boolean) {
  if (!deep) return sharp(file).ensureAlpha().toColourspace("srgb").raw().toBuffer();
  const raw = await sharp(file).ensureAlpha().toColourspace("rgb16").raw({ depth: "ushort" }).toBuffer();
  const values = new Uint16Array(raw.buffer, raw.byteOffset, raw.length / 2);
  return Buffer.from(Uint8Array.from(values, (v) => Math.round(v / 257)));
}

const smooth = (most: number) => (x: number, y: number, channel: number) =>
  Math.round((Math.sin(x / 7 + channel) + Math.cos(y / 5 - channel) + 2) * 0.25 * most);

const types = [
  [0, 1],
  [0, 2],
  [0, 4],
  [0, 8],
  [0, 16],
  [2, 8],
  [2, 16],
  [3, 1],
  [3, 2],
  [3, 4],
  [3, 8],
  [4, 8],
  [4, 16],
  [6, 8],
  [6, 16],
] as const;
const typeNames: Record<number, string> = {
  0: "gray",
  2: "RGB",
  3: "palette",
  4: "gray and alpha",
  6: "RGBA",
};

function shapeOf(
  colourType: number,
  bitDepth: number,
  size: { width: number; height: number; interlaced?: boolean },
): PngShape {
  const entries = 1 << Math.min(bitDepth, 8);
  const palette = Uint8Array.from({ length: entries * 3 }, (_, i) => (i * 37) & 255);
  return { ...size, colourType, bitDepth, ...(colourType === 3 ? { palette } : {}) };
}

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

describe("PNG in gives what there is, or a typed error", () => {
  const shape = shapeOf(2, 8, { width: 60, height: 60 });
  const good = writePng({ ...shape, chunkBytes: 500 }, smooth(255));
  const around = (...chunks: Uint8Array[]) => Buffer.concat([signature, ...chunks]);
  const pixels = chunk("IDAT", deflateSync(filteredRows(shape, smooth(255))));
  const end = chunk("IEND", new Uint8Array(0));
  const codeOf = async (file: Uint8Array) => {
    const { result } = await decode(file);
    return result.ok ? (result.value.isDamaged ? "shown" : "ok") : result.error.code;
  };

  it("when the file stops anywhere: an error before its first row, all of it where only its end is missing", async () => {
    const firstRow = 300;
    for (let length = 0; length < good.length - 16; length += 41) {
      expect(await codeOf(good.subarray(0, length)), `${length} bytes`).toBe(
        length < firstRow ? "truncated" : "shown",
      );
    }
    expect(await codeOf(good.subarray(0, good.length - 1))).toBe("ok");
    expect(await codeOf(good.subarray(0, good.length - 12))).toBe("ok");
  });

  it("when it stops, the rows that have come, and none that have not", async () => {
    const whole = (await decode(good)).pixels;
    for (const share of [0.3, 0.5, 0.9]) {
      const { pixels } = await decode(good.subarray(0, good.length * share));
      const rows = [...Array(60).keys()];
      const same = rows.findIndex(
        (y) => !pixels.subarray(y * 240, y * 240 + 240).equals(whole.subarray(y * 240, y * 240 + 240)),
      );
      expect(same).toBeGreaterThan(60 * share - 20);
      const black = Buffer.from(Array(60).fill([0, 0, 0, 255]).flat());
      for (let y = same; y < 60; y++)
        expect(pixels.subarray(y * 240, y * 240 + 240).equals(black), `row ${y}`).toBe(true);
    }
  });

  it("when nonsense follows the last chunk of pixels, the pixels, and reads no further", async () => {
    const nonsense = Buffer.alloc(5_000, 0xee);
    // From one buffer for all chunks, as in a Worker: what is left unread there is gone with the next.
    const room = Buffer.alloc(700);
    let at = 0;
    const file = around(ihdr(shape), pixels, nonsense);
    kernel.reset();
    let rows = 0;
    const result = await decodePng(
      kernel,
      async () => {
        const length = file.copy(room, 0, at, at + room.length);
        at += length;
        return length > 0 ? room.subarray(0, length) : undefined;
      },
      {
        begin: () => undefined,
        rows() {
          for (;;) {
            const status = kernel.pngInStep();
            if (status !== 2) return status === 0 ? "more" : "done";
            rows++;
          }
        },
      },
    );
    expect(result).toEqual({ ok: true, value: { isDamaged: false } });
    expect(rows).toBe(60);
    expect(at).toBeLessThan(file.length - 3_000);
  });

  it("when pixels fail their CRC", async () => {
    const file = Buffer.from(good);
    file[good.length - 40] = (file[good.length - 40] ?? 0) ^ 1;
    expect(await codeOf(file)).toBe("shown");
  });

  it("when any chunk that counts fails its CRC, and not when one that does not count does", async () => {
    const [head, palette, text] = [
      ihdr(shape),
      chunk("PLTE", new Uint8Array(3)),
      chunk("tEXt", new Uint8Array(9)),
    ];
    const spoilt = (bytes: Uint8Array) => bytes.with(-1, (bytes.at(-1) ?? 0) ^ 1);
    expect(await codeOf(around(head, palette, text, pixels, end))).toBe("ok");
    expect(await codeOf(around(spoilt(head), palette, text, pixels, end))).toBe("damaged");
    expect(await codeOf(around(head, spoilt(palette), text, pixels, end))).toBe("damaged");
    expect(await codeOf(around(head, palette, text, spoilt(pixels), end))).toBe("shown");
    expect(await codeOf(around(head, palette, spoilt(text), pixels, end))).toBe("ok");
  });

  it("when there are fewer pixels than the header says", async () => {
    expect(await codeOf(around(ihdr({ ...shape, height: 61 }), pixels, end))).toBe("shown");
  });

  it("also when there are more, which may be anything, or data behind them", async () => {
    expect(await codeOf(around(ihdr({ ...shape, height: 59 }), pixels, end))).toBe("shown");
    const words = Buffer.from("nobody's business");
    expect(await codeOf(around(ihdr(shape), pixels, chunk("IDAT", words), end))).toBe("shown");
  });

  it("but not with a careless stream's end, or bytes behind the file's", async () => {
    expect(await codeOf(around(ihdr(shape), pixels, chunk("IDAT", Buffer.alloc(5)), end))).toBe("ok");
    expect(await codeOf(around(ihdr(shape), pixels, end, Uint8Array.of(1, 2, 3)))).toBe("ok");
  });

  it("when a header is impossible, missing or doubled", async () => {
    for (const wrong of [
      { width: 0 },
      { width: 2 ** 31 },
      { bitDepth: 3 },
      { colourType: 5 },
      { colourType: 3, bitDepth: 16 },
    ]) {
      expect(await codeOf(around(ihdr({ ...shape, ...wrong }), pixels, end))).toBe("damaged");
    }
    expect(await codeOf(around(pixels, end))).toBe("damaged");
    expect(await codeOf(around(ihdr(shape), ihdr(shape), pixels, end))).toBe("damaged");
    expect(await codeOf(around(ihdr(shape), end))).toBe("damaged");
    expect(await codeOf(around(ihdr({ ...shape, colourType: 3 }), pixels, end))).toBe("damaged");
    expect(await codeOf(around(ihdr(shape), chunk("CgBI", Uint8Array.of(1)), pixels, end))).toBe(
      "unsupported",
    );
    expect(await codeOf(Buffer.from("GIF89a is no PNG at all"))).toBe("damaged");
  });

  it("when a row names a filter that does not exist", async () => {
    const file = writePng({ ...shape, filter: (row) => (row === 30 ? 5 : 0) }, smooth(255));
    expect(await codeOf(file)).toBe("shown");
  });

  it("when a bomb claims more than the memory limit, from its header", async () => {
    const bomb = { ...shape, width: 30_000, height: 30_000, interlaced: true };
    expect(await codeOf(around(ihdr(bomb), pixels, end))).toBe("too-large");
    expect(await codeOf(around(ihdr({ ...shape, width: 0x7fffffff }), pixels, end))).toBe("too-large");
  });

  it("and drops what inflates beyond the promised pixels", async () => {
    const zeros = deflateSync(Buffer.alloc(40 << 20));
    expect(await codeOf(around(ihdr(shape), chunk("IDAT", zeros), end))).toBe("shown");
  });

  it("and never a trap, over seeded mutations of every type", async () => {
    const random = seededRandom(11);
    for (const [colourType, bitDepth] of types) {
      for (let round = 0; round < 24; round++) {
        const shape = shapeOf(colourType, bitDepth, { width: 30, height: 20, interlaced: round % 2 === 1 });
        const file = Buffer.from(writePng(shape, smooth(2 ** bitDepth - 1)));
        for (let n = 0; n < 1 + (round % 4); n++)
          file[8 + Math.floor(random() * (file.length - 8))] = Math.floor(random() * 256);
        const { result } = await decode(file);
        if (!result.ok)
          expect(["damaged", "truncated", "unsupported", "too-large"]).toContain(result.error.code);
      }
    }
  });
});
