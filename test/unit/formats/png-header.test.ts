// A PNG's header: each colour type with each depth (PNG 3, table 11.1), and what a decoder refuses of it.
import { describe, expect, test } from "vitest";
import { viewOf } from "../../../workers/formats/bytes/numbers.ts";
import { decodableHeader, headerOf, pixelOf, writeHeader } from "../../../workers/formats/png/header.ts";

const allowed: Readonly<
  Record<number, readonly [colour: string, alpha: boolean, samples: number, depths: readonly number[]]>
> = {
  0: ["gray", false, 1, [1, 2, 4, 8, 16]],
  2: ["rgb", false, 3, [8, 16]],
  3: ["palette", false, 1, [1, 2, 4, 8]],
  4: ["gray", true, 2, [8, 16]],
  6: ["rgb", true, 4, [8, 16]],
};

test("each type goes with its depths, and no other goes at all", () => {
  for (let colourType = 0; colourType < 9; colourType++)
    for (let bitDepth = 0; bitDepth < 34; bitDepth++) {
      const [colour, alpha, samplesPerPixel, depths] = allowed[colourType] ?? ["", false, 0, []];
      const expected = depths.includes(bitDepth) ? { colour, alpha, samplesPerPixel } : undefined;
      expect(pixelOf({ colourType, bitDepth }), `type ${colourType} of ${bitDepth} bits`).toEqual(expected);
    }
});

const body = (changes: readonly (readonly [at: number, value: number])[] = []) => {
  const bytes = writeHeader({ width: 300, height: 7, bitDepth: 8, colourType: 6 });
  for (const [at, value] of changes) bytes[at] = value;
  return bytes;
};
const sized = (width: number, height: number) => {
  const bytes = body();
  viewOf(bytes).setUint32(0, width);
  viewOf(bytes).setUint32(4, height);
  return bytes;
};

test("it is read as it was written", () => {
  const header = { width: 300, height: 7, bitDepth: 8, colourType: 6 };
  expect([...body()]).toEqual([0, 0, 1, 44, 0, 0, 0, 7, 8, 6, 0, 0, 0]);
  expect(headerOf(body())).toEqual({ ...header, interlaced: false });
  expect(headerOf(body([[12, 1]]))).toEqual({ ...header, interlaced: true });
  expect(decodableHeader(body([[12, 1]]))).toEqual({ ok: true, value: { ...header, interlaced: true } });
});

describe("a decoder takes", () => {
  test.each([
    [1, 1],
    [2 ** 31 - 1, 1],
    [1, 2 ** 31 - 1],
  ])("%i x %i", (width, height) => expect(decodableHeader(sized(width, height)).ok).toBe(true));
});

describe("a decoder refuses", () => {
  test.each([
    ["12 bytes", body().subarray(0, 12), "13 bytes"],
    ["14 bytes", new Uint8Array(14), "13 bytes"],
    ["no width", sized(0, 1), "size"],
    ["no height", sized(1, 0), "size"],
    ["a width of 2^31", sized(2 ** 31, 1), "size"],
    ["a height of 2^31", sized(1, 2 ** 31), "size"],
    ["a depth that does not go with its type", body([[8, 4]]), "don't go together"],
    ["another compression", body([[10, 1]]), "does not exist"],
    ["another filter", body([[11, 1]]), "does not exist"],
    ["another interlacing", body([[12, 2]]), "does not exist"],
  ])("%s", (_, bytes, reason) => {
    const told = decodableHeader(bytes);
    expect(told.ok ? "taken" : told.error.message).toContain(reason);
  });
});
