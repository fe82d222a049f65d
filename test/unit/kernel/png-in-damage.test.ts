// PNG in and files that lie: what there is of them, or a typed error, and never a trap.
import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { decodePng } from "../../../workers/src/kernel/host/png/in.ts";
import { seededRandom } from "../../harness/seeded-random.ts";
import { decode, kernel, shapeOf, smooth, types } from "../../support/png-in-kernel.ts";
import { chunk, filteredRows, ihdr, signature, writePng } from "../../support/png-writer.ts";

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
