// The numbers that TIFF and EXIF are made of: tags, lengths of values, and structures written and read back.
import { describe, expect, test } from "vitest";
import { viewOf } from "../../../workers/formats/bytes/numbers.ts";
import { exifWithin, minimalExif } from "../../../workers/formats/exif/carried.ts";
import { keptExif } from "../../../workers/formats/exif/kept.ts";
import { readExif } from "../../../workers/formats/exif/read.ts";
import { colourSamples, hasAlpha, isJpeg, photometrics } from "../../../workers/formats/tiff/colours.ts";
import {
  bigSizes,
  directoryBytes,
  entriesIn,
  headerIn,
  readEntries,
  tableAt,
  tags,
} from "../../../workers/formats/tiff/directory.ts";
import { directoryPlaces, longEntry, shortEntry, writeTiff } from "../../../workers/formats/tiff/write.ts";

test("tags have the numbers of TIFF 6.0 and its supplements", () => {
  expect(tags).toEqual({
    ...{ width: 256, height: 257, bits: 258, compression: 259, photometric: 262, fillOrder: 266 },
    ...{ stripOffsets: 273, orientation: 274, samples: 277, rowsPerStrip: 278, stripBytes: 279 },
    ...{ planar: 284, faxOptions: 292, artist: 315, predictor: 317, colourMap: 320, tileWidth: 322 },
    ...{ tileHeight: 323, tileOffsets: 324, tileBytes: 325, inkSet: 332, extraSamples: 338 },
    ...{
      sampleFormat: 339,
      jpegTables: 347,
      subsampling: 530,
      reference: 532,
      copyright: 33_432,
      icc: 34_675,
    },
  });
});

test("values have as many bytes as their types say, and types that nobody knows have none", () => {
  const table = new DataView(new ArrayBuffer(20 * 12));
  for (let type = 0; type < 20; type++) table.setUint16(type * 12 + 2, type);
  const units = [...entriesIn(table, false)].map(({ unit }) => unit);
  expect(units).toEqual([0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8, undefined]);
});

test("what a number means for colour, and which samples are alpha", () => {
  expect(photometrics).toEqual({
    ...{ whiteIsZero: 0, blackIsZero: 1, rgb: 2, palette: 3, mask: 4, inks: 5, ycc: 6, lab: 8, iccLab: 9 },
  });
  expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(colourSamples)).toEqual([1, 1, 3, 1, 1, 4, 3, 1, 3, 3, 1]);
  expect([5, 6, 7, 8].map(isJpeg)).toEqual([false, true, true, false]);
  const extra = (count: number, value: number) => ({ type: 3, count, value, isInEntry: true, inline: 0 });
  const clear = (samples: number, photometric: number, told?: ReturnType<typeof extra>) =>
    hasAlpha(samples, photometric, told);
  expect([3, 4, 5].map((samples) => clear(samples, photometrics.rgb))).toEqual([false, true, false]);
  expect([1, 2, 3].map((samples) => clear(samples, photometrics.blackIsZero))).toEqual([false, true, false]);
  expect([4, 5, 6].map((samples) => clear(samples, photometrics.inks, extra(2, 1)))).toEqual([
    false,
    false,
    false,
  ]);
  expect([0, 1, 2, 3].map((value) => clear(5, photometrics.rgb, extra(2, value)))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect([1, 3].map((count) => clear(5, photometrics.rgb, extra(count, 1)))).toEqual([false, false]);
});

describe.each([true, false])("a structure written little endian: %s", (little) => {
  const long = { tag: 270, type: 2, count: 5, value: Buffer.from("Ada.\0") };
  const four = { tag: 271, type: 2, count: 4, value: Buffer.from("Bob\0") };

  test("has its directories in front, its values behind, and short ones in their entries", () => {
    const directories = [
      [shortEntry(274, 6, little), four],
      [longEntry(256, 0x01020304, little), long, long],
    ];
    expect(directoryPlaces([2, 3])).toEqual([8, 8 + 2 + 24 + 4, 38 + 2 + 36 + 4]);
    const bytes = writeTiff(directories, { little, align: 2 });
    expect(bytes).toHaveLength(80 + 6 + 6);
    const view = viewOf(bytes);
    expect(headerIn(view)?.first).toBe(8);
    const first = [...entriesIn(tableAt(view, 8, little), little)];
    expect(first.map(({ tag, type, count }) => [tag, type, count])).toEqual([
      [274, 3, 1],
      [271, 2, 4],
    ]);
    expect(view.getUint16(18, little)).toBe(6);
    expect(Buffer.from(bytes).toString("latin1", 30, 34)).toBe("Bob\0");
    const second = readEntries(tableAt(view, 38, little), little);
    expect(second.get(256)).toEqual({ type: 4, count: 1, value: 0x01020304, isInEntry: true, inline: 8 });
    expect(second.get(270)).toMatchObject({ count: 5, value: 86, isInEntry: false });
    expect(Buffer.from(bytes).toString("latin1", 80, 92)).toBe("Ada.\0\0Ada.\0\0");
    expect(view.getUint32(34, little)).toBe(0);
    expect(writeTiff(directories, { little, align: 1 })).toHaveLength(80 + 10);
  });

  test("is none where its header is short, or its number another", () => {
    const bytes = writeTiff([[]], { little, align: 1 });
    expect(headerIn(viewOf(bytes.subarray(0, 8)))).toMatchObject({ little, first: 8 });
    expect(headerIn(viewOf(bytes.subarray(0, 7)))).toBeNull();
    for (const number of [41, 43]) {
      const other = bytes.slice();
      viewOf(other).setUint16(2, number, little);
      expect(headerIn(viewOf(other))).toBeNull();
    }
  });

  test("tells as many entries as are there", () => {
    const bytes = writeTiff([[shortEntry(274, 6, little), shortEntry(275, 6, little)]], { little, align: 1 });
    const entriesOf = (length: number) => {
      const table = tableAt(viewOf(bytes.subarray(0, length)), 8, little);
      return [table.byteLength, [...entriesIn(table, little)].length];
    };
    expect([bytes.length, 34, 33, 22, 10, 9, 4].map(entriesOf)).toEqual([
      [24, 2],
      [24, 2],
      [23, 1],
      [12, 1],
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    expect([directoryBytes(2), directoryBytes(2, bigSizes)]).toEqual([30, 56]);
  });

  test("keeps of each tag the first, in the order of tags, and none that lies outside or is too long", () => {
    const text = (tag: number, length: number) => ({
      tag,
      type: 2,
      count: length,
      value: new Uint8Array(length).fill(65),
    });
    const block = writeTiff(
      [
        [
          text(0x8298, 9),
          text(0x010e, 4_096),
          text(0x010e, 5),
          text(0x013b, 4_097),
          text(0x0110, 4),
          text(0x0111, 4),
        ],
      ],
      { little, align: 2 },
    );
    const kept = keptExif(block, "keep");
    if (!kept) throw new Error("nothing is kept");
    const told = [...entriesIn(tableAt(viewOf(kept), 8, little), little)].map(({ tag, count }) => [
      tag,
      count,
    ]);
    expect(told).toEqual([
      [0x010e, 4_096],
      [0x0110, 4],
      [0x8298, 9],
    ]);
    expect(keptExif(writeTiff([[text(0x013b, 4_097)]], { little, align: 2 }), "keep")).toBeNull();
    expect(keptExif(writeTiff([[text(0x013b, 5)]], { little, align: 1 }), "keep")).toBeNull();
    expect(keptExif(writeTiff([[text(0x013b, 5)]], { little, align: 2 }), "keep")).toHaveLength(32);
  });
});

describe("an EXIF block", () => {
  const fields = { orientation: 6, artist: "Ada", copyright: "(c) Ada Byron" } as const;
  const block = minimalExif(fields);

  test("says what was written, with the name in front or without, and nothing once it is cut", () => {
    expect(readExif(block)).toEqual(fields);
    expect(readExif(Buffer.concat([Buffer.from("Exif\0\0"), block]))).toEqual(fields);
    expect(readExif(Buffer.concat([Buffer.from("Exif\0x"), block]))).toMatchObject({ orientation: 1 });
    expect(readExif(Buffer.concat([Buffer.from("Exifx\0"), block]))).toMatchObject({ orientation: 1 });
    expect(readExif(Buffer.concat([Buffer.from("Axif\0\0"), block]))).toMatchObject({ orientation: 1 });
    expect(readExif(Buffer.concat([Buffer.from("Eaif\0\0"), block]))).toMatchObject({ orientation: 1 });
    expect(readExif(block.subarray(0, -1))).toEqual({ ...fields, copyright: null });
  });

  test("of an orientation alone is 26 bytes, and fits into just so many", () => {
    const plain = { orientation: 6, artist: null, copyright: null } as const;
    expect(minimalExif(plain)).toHaveLength(26);
    expect(exifWithin(block.length, block, "copyright")).toEqual(block);
    expect(exifWithin(block.length - 1, block, "copyright")).toEqual(minimalExif(plain));
    expect(exifWithin(26, block, "copyright", 3)).toEqual(minimalExif({ ...plain, orientation: 3 }));
    expect(exifWithin(25, block, "copyright")).toBeNull();
    expect(exifWithin(26, minimalExif({ ...plain, orientation: 1 }), "none")).toHaveLength(26);
  });

  test.each([
    [1_000, true],
    [1_001, false],
  ])("of a name of %i bytes is read: %s", (length, isRead) => {
    const artist = "a".repeat(length - 1);
    expect(readExif(minimalExif({ ...fields, artist })).artist).toBe(isRead ? artist : null);
  });
});
