// Where a TIFF's pixels lie, and the numbers and blobs of its directory: read wherever they stand, and bounded.
import { describe, expect, test } from "vitest";
import type { PageEntry } from "../../../workers/formats/tiff/pages.ts";
import { pixelExtents } from "../../../workers/formats/tiff/pixel-extents.ts";
import { firstPage } from "../../../workers/formats/tiff/values.ts";
import { readFrom } from "../../support/strip.ts";

const SHORT = 3;
const LONG = 4;
const FLOAT = 11;

/** A file that is nothing but lists of numbers; its entries name them. */
function lists(little: boolean, named: Readonly<Record<number, readonly number[]>>, type: 3 | 4) {
  const each = type === SHORT ? 2 : 4;
  const file = Buffer.alloc(Object.values(named).flat().length * each);
  const entries: PageEntry[] = [];
  let at = 0;
  for (const [tag, numbers] of Object.entries(named)) {
    const bytes = new Uint8Array(12);
    entries.push({
      tag: Number(tag),
      type,
      count: numbers.length,
      offset: at,
      length: numbers.length * each,
      bytes,
    });
    for (const number of numbers) {
      if (little) file.writeUIntLE(number, at, each);
      else file.writeUIntBE(number, at, each);
      at += each;
    }
  }
  return { file, entries };
}

describe.each([true, false])("little: %s", (little) => {
  const extents = (named: Readonly<Record<number, readonly number[]>>, type: 3 | 4 = LONG) => {
    const { file, entries } = lists(little, named, type);
    return pixelExtents(entries, readFrom(file), little);
  };

  test("strips and tiles lie where they are named, joined where they touch, in the order of the file", async () => {
    expect(await extents({ 273: [300, 100, 150], 279: [10, 50, 7] })).toEqual([
      { offset: 100, length: 57 },
      { offset: 300, length: 10 },
    ]);
    expect(await extents({ 324: [5, 5, 8], 325: [10, 2, 3] }, SHORT)).toEqual([{ offset: 5, length: 10 }]);
    expect(await extents({ 273: [10], 279: [4], 324: [15], 325: [1] })).toEqual([
      { offset: 10, length: 4 },
      { offset: 15, length: 1 },
    ]);
    expect(await extents({ 273: [10, 20], 279: [4] })).toEqual([
      { offset: 10, length: 4 },
      { offset: 20, length: 0 },
    ]);
    expect(await extents({ 279: [4], 256: [9] })).toEqual([]);
  });

  test("old JPEG tables have the lengths that the standard gives them", async () => {
    expect(await extents({ 513: [10], 514: [20], 519: [100], 520: [200, 300], 521: [1_000] })).toEqual([
      { offset: 10, length: 20 },
      { offset: 100, length: 64 },
      { offset: 200, length: 33 },
      { offset: 300, length: 33 },
      { offset: 1_000, length: 178 },
    ]);
  });

  test("of more than 100,000 places all of the file passes", async () => {
    const many = (count: number) => Array<number>(count).fill(7);
    for (const tag of [273, 279, 324, 325, 513, 514, 519, 520, 521])
      expect(await extents({ [tag]: many(100_001) }), `${tag}`).toEqual([
        { offset: 0, length: Number.POSITIVE_INFINITY },
      ]);
    expect(await extents({ 273: many(100_000), 279: many(100_000) })).toEqual([{ offset: 7, length: 7 }]);
    expect(await extents({ 256: many(100_001) })).toEqual([]);
  });
});

describe("a directory", () => {
  interface Entry {
    readonly tag: number;
    readonly type: number;
    readonly count: number;
    readonly value: number;
  }
  async function page(entries: readonly Entry[], behind = Buffer.alloc(0), told = entries.length) {
    const directory = Buffer.alloc(8 + 2 + 12 * entries.length + 4);
    directory.write("II*\0", "latin1");
    directory.writeUInt32LE(8, 4);
    directory.writeUInt16LE(told, 8);
    for (const [index, { tag, type, count, value }] of entries.entries()) {
      directory.writeUInt16LE(tag, 10 + 12 * index);
      directory.writeUInt16LE(type, 12 + 12 * index);
      directory.writeUInt32LE(count, 14 + 12 * index);
      directory.writeUInt32LE(value, 18 + 12 * index);
    }
    return firstPage(readFrom(Buffer.concat([directory, behind])));
  }
  /** Behind a directory of one entry. */
  const after = 8 + 2 + 12 + 4;

  test("tells lists in their place or elsewhere, as long as they may be", async () => {
    const near = await page([{ tag: 258, type: SHORT, count: 2, value: 0x0007_0008 }]);
    expect(await near.numbers(258, 2)).toEqual([8, 7]);
    await expect(near.numbers(258, 1)).rejects.toThrow("a list in it is too long");
    expect([
      await near.numbers(999, 2),
      near.has(258),
      near.has(999),
      near.first(258, 3),
      near.first(999, 3),
    ]).toEqual([[], true, false, 8, 3]);
    const far = await page(
      [{ tag: 258, type: SHORT, count: 3, value: after }],
      Buffer.from([1, 0, 2, 0, 3, 0]),
    );
    expect(await far.numbers(258, 3)).toEqual([1, 2, 3]);
    const cut = await page([{ tag: 258, type: SHORT, count: 3, value: after }], Buffer.from([1, 0, 2, 0, 3]));
    await expect(cut.numbers(258, 3)).rejects.toThrow("reaches past the end");
    const odd = await page([{ tag: 258, type: FLOAT, count: 1, value: 0 }]);
    await expect(odd.numbers(258, 3)).rejects.toThrow("no plain numbers");
  });

  test("has blobs that stand elsewhere, of four megabytes at most", async () => {
    const blob = async (count: number, length: number) =>
      (await (await page([{ tag: 347, type: 7, count, value: after }], Buffer.alloc(length, 5))).bytes(347))
        ?.length ?? null;
    expect([await blob(4, 9), await blob(5, 9), await blob(9, 9), await blob(10, 9)]).toEqual([
      null,
      5,
      9,
      null,
    ]);
    expect([await blob(4_194_304, 4_194_304), await blob(4_194_305, 4_194_305)]).toEqual([4_194_304, null]);
    expect(await (await page([{ tag: 256, type: SHORT, count: 1, value: 1 }])).bytes(347)).toBeNull();
  });

  test("has fractions, as many as are asked for", async () => {
    const numbers = Buffer.alloc(16);
    for (const [index, value] of [3, 4, 10, 5].entries()) numbers.writeUInt32LE(value, 4 * index);
    const read = await page([{ tag: 529, type: 5, count: 2, value: after }], numbers);
    expect([
      await read.fractions(529, 2),
      await read.fractions(529, 3),
      await read.fractions(999, 2),
    ]).toEqual([[0.75, 2], null, null]);
  });

  test("is damaged where it is of nothing, or of more than 4,096 entries", async () => {
    await expect(page([])).rejects.toThrow("its directory is damaged");
    const entry = { tag: 256, type: SHORT, count: 1, value: 1 };
    expect((await page(Array(4_096).fill(entry))).has(256)).toBe(true);
    await expect(page(Array(4_097).fill(entry))).rejects.toThrow("its directory is damaged");
    await expect(page([entry], Buffer.alloc(0), 3)).rejects.toThrow("reaches past the end");
    await expect(firstPage(readFrom(Buffer.from("II*\0\x08\0\0", "latin1")))).rejects.toThrow(
      "the file ends too early",
    );
  });
});
