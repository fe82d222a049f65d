// Which files are BMPs: those whose second header has a length that one of its editions had.
import { describe, expect, test } from "vitest";
import { bitmapExtent, isBmp, isRaw, rowBytes } from "../../../workers/formats/bmp/header.ts";
import { bmpPicture } from "../../../workers/formats/bmp/picture.ts";
import { viewOf } from "../../../workers/formats/bytes/numbers.ts";
import { readImageFacts } from "../../../workers/shared/image-facts.ts";

function beginning(headerBytes: number): Buffer {
  const file = Buffer.alloc(18);
  file.write("BM");
  file.writeUInt32LE(headerBytes, 14);
  return file;
}

test("a BMP is told by its header's length", () => {
  const lengths = Array.from({ length: 256 }, (_, length) => length).filter((length) =>
    isBmp(beginning(length)),
  );
  expect(lengths).toEqual([12, 16, 40, 52, 56, 64, 108, 124]);
});

test("a BMP of which the length is missing is none", () => {
  expect(isBmp(beginning(40).subarray(0, 17))).toBe(false);
});

/** Of 5 by -3 pixels; a header of 12 bytes says nothing beyond their depth. */
function bitmap(
  headerBytes: number,
  { bits = 24, compression = 0, pixelBytes = 0, colours = 0 },
): Uint8Array {
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32LE(headerBytes, 0);
  if (headerBytes === 12)
    for (const [at, value] of [5, 3, 1, bits].entries()) header.writeUInt16LE(value, 4 + 2 * at);
  else {
    header.writeInt32LE(5, 4);
    header.writeInt32LE(-3, 8);
    header.writeUInt16LE(bits, 14);
    if (headerBytes >= 36)
      for (const [at, value] of [
        [16, compression],
        [20, pixelBytes],
        [32, colours],
      ] as const)
        header.writeUInt32LE(value, at);
  }
  return header;
}

/** What stands in front of the pixels, and the pixels. */
const extent = (...made: Parameters<typeof bitmap>) => {
  const { frontBytes, pixelBytes } = bitmapExtent(viewOf(bitmap(...made)));
  return [frontBytes, pixelBytes];
};

test("a bitmap is as long as its header, its masks, its colours and its pixels", () => {
  // 5 pixels a row, which is filled up to four bytes.
  expect([1, 4, 8, 16, 24, 32].map((bits) => rowBytes(5, bits))).toEqual([4, 4, 8, 12, 16, 20]);
  expect([1, 4, 8, 16, 24, 32].map((bits) => extent(40, { bits }))).toEqual([
    ...[
      [40 + 8, 12],
      [40 + 64, 12],
      [40 + 1_024, 24],
      [40, 36],
      [40, 48],
      [40, 60],
    ],
  ]);
  expect([1, 4, 8, 24].map((bits) => extent(12, { bits }))).toEqual([
    ...[
      [12 + 6, 12],
      [12 + 48, 12],
      [12 + 768, 24],
      [12, 48],
    ],
  ]);
  expect(extent(40, { bits: 8, colours: 7 })).toEqual([40 + 28, 24]);
  expect(extent(40, { bits: 32, colours: 1_024 })).toEqual([40 + 4_096, 60]);
  expect(extent(40, { bits: 32, colours: 1_025 })).toEqual([40 + 4_096, 60]);
});

test("masks stand behind a header of 40 bytes, and in longer ones", () => {
  const masked = (headerBytes: number, compression: number) => extent(headerBytes, { bits: 32, compression });
  expect([0, 3, 6].map((compression) => masked(40, compression))).toEqual([
    [40, 60],
    [52, 60],
    [56, 60],
  ]);
  expect([52, 56, 64, 108, 124].map((bytes) => masked(bytes, 3))).toEqual(
    [52, 56, 64, 108, 124].map((bytes) => [bytes, 60]),
  );
});

test("what is compressed says how long it is, or nobody knows", () => {
  expect(
    [0, 1, 2, 3, 4, 5, 6].filter((compression) =>
      isRaw({ headerBytes: 40, width: 1, height: 1, bits: 8, compression, pixelBytes: 0, colours: 0 }),
    ),
  ).toEqual([0, 3, 6]);
  for (const compression of [1, 2, 4, 5]) {
    expect(extent(40, { bits: 24, compression, pixelBytes: 99 })).toEqual([40, 99]);
    expect(extent(40, { bits: 24, compression })).toEqual([40, null]);
  }
  expect(bitmapExtent(viewOf(bitmap(40, {}).subarray(0, 39)))).toEqual({ frontBytes: 39, pixelBytes: null });
  expect(bitmapExtent(viewOf(bitmap(16, {})))).toEqual({ frontBytes: 16, pixelBytes: null });
});

test("a BMP of OS/2 whose header has 16 bytes is read as it is, and not by its pixels", () => {
  for (const value of [0x00, 0x03, 0xff]) {
    const file = Buffer.alloc(30 + 48, value);
    file.write("BM");
    file.writeUInt32LE(30, 10);
    file.set(bitmap(16, {}), 14);
    file.writeInt32LE(3, 22);
    expect(readImageFacts(file, file.length)).toMatchObject({
      kind: "image",
      facts: { width: 5, height: 3 },
    });
    expect(bmpPicture(file)).toMatchObject({
      bits: 24,
      isInRuns: false,
      masks: [0xff_0000, 0xff00, 0xff, 0],
    });
    expect(bitmapExtent(viewOf(file.subarray(14)))).toEqual({ frontBytes: 16, pixelBytes: 48 });
  }
});

describe("a BMP of 16 or 32 bits is clear", () => {
  const isClear = (
    headerBytes: number,
    bits: number,
    compression: number,
    alphaMask: number,
    cutAt = 400,
  ) => {
    const file = Buffer.alloc(14 + 140 + 2_000);
    file.write("BM");
    file.writeUInt32LE(154, 10);
    file.set(bitmap(headerBytes, { bits, compression }), 14);
    file.writeInt32LE(3, 22);
    // The masks of red, green, blue and alpha stand in the same place, in the header or behind it.
    for (const [at, mask] of [0x7c00, 0x3e0, 0xff00_001f, alphaMask].entries())
      if (compression !== 0) file.writeUInt32LE(mask, 14 + 40 + 4 * at);
    const result = readImageFacts(file.subarray(0, cutAt));
    return result.kind === "image" ? result.facts.alpha : result.kind;
  };
  test.each([
    ["which names a mask for it", 56, 3, 0x8000, true],
    ["in the longest header", 124, 3, 0x8000, true],
    ["of one bit anywhere", 56, 3, 0x8000_0000, true],
    ["with a packing that always has one", 40, 6, 0x8000, true],
    ["and not where that mask is of nothing", 56, 3, 0, false],
    ["nor with that packing", 40, 6, 0, false],
    ["nor where the header is too short for one", 52, 3, 0x8000, false],
    ["nor where masks stand behind it", 40, 3, 0x8000, false],
    ["nor without masks", 56, 0, 0, false],
  ])("%s", (_, headerBytes, compression, mask, clear) => {
    expect(isClear(headerBytes, 16, compression, mask)).toBe(clear);
    expect(isClear(headerBytes, 24, compression, mask)).toBe(false);
    expect(isClear(headerBytes, 32, compression, mask)).toBe(true);
  });
  test("as far as the mask is there", () => {
    expect(isClear(56, 16, 3, 0x8000, 70)).toBe(true);
    expect(isClear(56, 16, 3, 0x8000, 69)).toBe("need-more");
  });
});
