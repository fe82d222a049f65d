// A JPEG by its segments: what is told of it, and which of them are served, wherever its bytes are cut on their way.
import { describe, expect, test } from "vitest";
import { ByteReader } from "../../../workers/formats/bytes/byte-reader.ts";
import { minimalExif } from "../../../workers/formats/exif/carried.ts";
import { stripJpeg } from "../../../workers/formats/jpeg/strip.ts";
import { createFactsReader, readImageFacts } from "../../../workers/shared/image-facts.ts";

type Bytes = readonly number[];
const text = (letters: string): Bytes => [...Buffer.from(letters, "latin1")];
const segment = (marker: number, ...parts: readonly Bytes[]): Bytes => {
  const body = parts.flat();
  return [0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255, ...body];
};
const begin: Bytes = [0xff, 0xd8];
const end: Bytes = [0xff, 0xd9];
/** 24 by 16, of components 1, 2 … sampled like this. */
const frame = (marker: number, ...factors: Bytes) =>
  segment(
    marker,
    [8, 0, 16, 0, 24, factors.length],
    factors.flatMap((factor, index) => [index + 1, factor, 0]),
  );
const scan = (...ids: Bytes) =>
  segment(
    0xda,
    [ids.length],
    ids.flatMap((id) => [id, 0]),
    [0, 63, 0],
  );
const gray = frame(0xc0, 0x11);
const data: Bytes = [1, 2, 0xff, 0, 3, 0xff, 0xd0, 4];
const tables = segment(0xdb, Array(65).fill(1));
const turned = (orientation: 1 | 6 | 8) =>
  segment(0xe1, text("Exif\0\0"), [...minimalExif({ orientation, artist: null, copyright: null })]);
const profile = segment(0xe2, text("ICC_PROFILE\0"), [1, 1, 9]);
const picture = [gray, scan(1), data] as const;

function told(...parts: readonly Bytes[]) {
  const file = Uint8Array.from(parts.flat());
  const result = readImageFacts(file, file.length);
  const reader = createFactsReader();
  for (const byte of file) reader.push(Uint8Array.of(byte));
  expect(reader.end(), "cut into single bytes").toEqual(result);
  if (result.kind !== "image") return result.kind === "damaged" ? result.reason : result.kind;
  return result.facts;
}

describe("a JPEG is told", () => {
  test.each([
    [[0x11], "gray", null, 1],
    [[0x22], "gray", null, 1],
    [[0x11, 0x11, 0x11], "rgb", "4:4:4", 3],
    [[0x22, 0x11, 0x11], "rgb", "4:2:0", 1.5],
    [[0x21, 0x11, 0x11], "rgb", "4:2:2", 2],
    [[0x12, 0x11, 0x11], "rgb", "4:4:0", 2],
    [[0x41, 0x11, 0x11], "rgb", "4:1:1", 1.5],
    [[0x42, 0x11, 0x11], "rgb", "4:1:0", 1.25],
    [[0x22, 0x22, 0x22], "rgb", "4:4:4", 3],
    [[0x22, 0x11, 0x12], "rgb", "other", 1.75],
    [[0x22, 0x11, 0x21], "rgb", "other", 1.75],
    [[0x11, 0x22, 0x22], "rgb", "other", 2.25],
    [[0x31, 0x11, 0x11], "rgb", "other", 5 / 3],
    [[0x11, 0x11, 0x11, 0x11], "cmyk", null, 4],
    [[0x22, 0x11, 0x11, 0x22], "cmyk", null, 2.5],
  ] as const)("by its sampling %j", (factors, colour, chroma, samplesPerPixel) => {
    const facts = told(
      begin,
      frame(0xc0, ...factors),
      scan(...factors.map((_, index) => index + 1)),
      data,
      end,
    );
    expect(facts).toMatchObject({ width: 24, height: 16, bitDepth: 8, progressive: false, colour, chroma });
    expect(facts).toMatchObject({ samplesPerPixel: expect.closeTo(samplesPerPixel, 9) });
  });

  test.each<[what: string, parts: readonly Bytes[], is: object | string]>([
    ["as it is", [begin, ...picture, end], { pieces: 3, orientation: 1, hasIcc: false }],
    ["without its end", [begin, ...picture], { pieces: 3, endless: true }],
    ["with another behind it", [begin, ...picture, end, ...picture], { pieces: 3 }],
    ["with another in it", [begin, ...picture, begin, ...picture, end], { endless: true }],
    [
      "progressive",
      [begin, frame(0xc2, 0x11), scan(1), data, scan(1), data, end],
      { progressive: true, pieces: 4 },
    ],
    [
      "in separate scans",
      [begin, frame(0xc1, 0x11, 0x11, 0x11), scan(1), data, scan(2), data, end],
      { progressive: true, separate: true },
    ],
    [
      "progressive in separate scans",
      [begin, frame(0xc2, 0x11, 0x11, 0x11), scan(1), data, end],
      { progressive: true },
    ],
    ["turned as the first block has it", [begin, turned(6), turned(8), ...picture, end], { orientation: 6 }],
    [
      "not turned, though a second block says so",
      [begin, turned(1), turned(8), ...picture, end],
      { orientation: 1 },
    ],
    ["with a profile", [begin, profile, ...picture, end], { hasIcc: true }],
    [
      "with something else in that place",
      [begin, segment(0xe2, text("MPF\0"), Array(20).fill(0)), ...picture, end],
      { hasIcc: false },
    ],
    [
      "with a profile of no bytes",
      [begin, segment(0xe2, text("ICC_PROFILE\0")), ...picture, end],
      { hasIcc: false },
    ],
    [
      "with fill and lone bytes between its segments",
      [begin, [0xff, 0xff], tables, [0, 5, 0xff, 0], ...picture, end],
      { pieces: 4 },
    ],
    ["with markers that have no length", [begin, [0xff, 0x01], ...picture, end], { pieces: 4 }],
    [
      "with a segment between its scans",
      [begin, ...picture, segment(0xfe, text("\xff\xd9")), data, end],
      { pieces: 4 },
    ],
    [
      "with a marker of nonsense in its data",
      [begin, ...picture, [0xff, 0x4f, 0xff, 0xc0, 0xff, 0x99], data, end],
      { pieces: 6 },
    ],
    [
      "with a segment of no length in its data",
      [begin, ...picture, [0xff, 0xfe, 0, 0], data, end],
      { pieces: 4 },
    ],
    ["as damaged: two frames", [begin, gray, ...picture, end], "it has two frame headers"],
    ["as damaged: a scan first", [begin, scan(1), data, end], "a scan stands before the frame header"],
    ["as damaged: no scan", [begin, gray, end], "it ends before the picture"],
    ["as damaged: nothing behind its frame", [begin, gray], "it ends before the picture"],
    [
      "as damaged: a short length",
      [begin, [0xff, 0xdb, 0, 1], ...picture, end],
      "a segment claims a length below two",
    ],
    ["as damaged: a part cut off", [begin, tables.slice(0, 20)], "the file ends too early"],
    [
      "as damaged: arithmetic codes",
      [begin, frame(0xc9, 0x11), scan(1), end],
      "it is lossless, hierarchical or arithmetic-coded, which nothing displays",
    ],
    [
      "as damaged: two components",
      [begin, frame(0xc0, 0x11, 0x11), scan(1, 2), end],
      "its frame header is broken",
    ],
    [
      "as damaged: a frame too short",
      [begin, segment(0xc0, [8, 0, 16, 0, 24, 3, 1, 0x11, 0]), scan(1), end],
      "its frame header is broken",
    ],
    ...[0x01, 0x10, 0x51, 0x15].map(
      (factor) =>
        [
          `as damaged: sampled ${factor}`,
          [begin, frame(0xc0, factor), scan(1), end],
          "its sampling factors are impossible",
        ] as [string, Bytes[], string],
    ),
  ])("%s", (_, parts, is) => {
    const facts = told(...parts);
    if (typeof is === "string") return expect(facts).toBe(is);
    expect(facts).toMatchObject({ format: "jpg", ...is });
    if (typeof facts === "object")
      expect([facts.endless, facts.separate]).toEqual([
        "endless" in is ? true : undefined,
        "separate" in is ? true : undefined,
      ]);
  });
});

function left(parts: readonly Bytes[], pieceBytes = 100_000): Bytes {
  const file = Uint8Array.from(parts.flat());
  const reader = new ByteReader();
  const bytes: number[] = [];
  const reading = stripJpeg(reader, (piece) => bytes.push(...piece), "none");
  let { done } = reading.next();
  for (let at = 0; !done && at < file.length; at += pieceBytes) {
    reader.feed(file.slice(at, at + pieceBytes));
    ({ done } = reading.next());
  }
  reader.end();
  if (!done) reading.next();
  if (pieceBytes > 1) expect(left(parts, 1)).toEqual(bytes);
  return bytes;
}

describe("of a JPEG", () => {
  const jfif = [...text("JFIF\0"), 1, 2, 1, 0, 72, 0, 72];
  const adobe = text("Adobe\0\x64\0\0\0\0\x01");
  test.each<[what: string, before: readonly Bytes[], after: readonly Bytes[]]>([
    ["the picture stays", [tables, ...picture, end], [tables, ...picture, end]],
    ["what stands behind it goes", [...picture, end, [1, 2, 3]], [...picture, end]],
    ["another picture behind it goes", [...picture, begin, ...picture, end], [...picture, end]],
    ["what has no end gets one", [...picture], [...picture, end]],
    [
      "comments and strangers go",
      [segment(0xfe, [1]), segment(0xe5, [1]), segment(0xef, text("Adobe")), ...picture, end],
      [...picture, end],
    ],
    [
      "they go between scans, too",
      [...picture, segment(0xfe, [1]), tables, profile, scan(1), data, end],
      [...picture, tables, scan(1), data, end],
    ],
    [
      "a JFIF header loses its thumbnail",
      [segment(0xe0, jfif, [1, 1, 9, 9, 9]), ...picture, end],
      [segment(0xe0, jfif, [0, 0]), ...picture, end],
    ],
    [
      "a short JFIF header goes",
      [segment(0xe0, jfif, [0]), segment(0xe0, text("JFXX\0"), Array(9).fill(1)), ...picture, end],
      [...picture, end],
    ],
    [
      "Adobe's transform stays, and no more",
      [segment(0xee, adobe, [7, 7]), segment(0xee, text("Other\0\x64\0\0\0\0\x01")), ...picture, end],
      [segment(0xee, adobe), ...picture, end],
    ],
    [
      "profiles stay",
      [profile, segment(0xe2, text("MPF\0\0\0")), profile, ...picture, end],
      [profile, profile, ...picture, end],
    ],
    [
      "the first block says how it is turned",
      [turned(6), turned(8), ...picture, end],
      [turned(6), ...picture, end],
    ],
    ["a block that says nothing goes", [turned(1), turned(8), ...picture, end], [...picture, end]],
    [
      "XMP goes",
      [segment(0xe1, text("http://ns.adobe.com/xap/1.0/\0<x/>")), turned(8), ...picture, end],
      [turned(8), ...picture, end],
    ],
    [
      "lone bytes and fill in front of the picture go",
      [[0xff, 0xff], tables, [0, 5, 0xff, 0], [0xff, 0x01], ...picture, end],
      [tables, ...picture, end],
    ],
    [
      "nonsense in its data stays where it is",
      [...picture, [0xff, 0x4f, 9], [0xff, 0xc0, 8], end],
      [...picture, [0xff, 0x4f, 9], [0xff, 0xc0, 8], end],
    ],
    ["a scan of other components is its end", [...picture, scan(2), data, end], [...picture, end]],
    ["a scan of none is, too", [...picture, scan(), data, end], [...picture, end]],
    ["a part that reaches past the end is, too", [...picture, tables.slice(0, 30)], [...picture, end]],
    [
      "a part of no length is of two bytes",
      [...picture, [0xff, 0xdb, 0, 0], data, end],
      [...picture, segment(0xdb), data, end],
    ],
  ])("%s", (_, before, after) => {
    expect(left([begin, ...before])).toEqual([begin, ...after].flat());
  });

  test("that ends before its picture nothing is served", () => {
    for (const parts of [
      [begin, gray],
      [begin, gray, end],
    ])
      expect(() => left(parts)).toThrow("it ends before the picture");
    expect(() => left([begin, tables.slice(0, 20)])).toThrow("the file ends too early");
  });
});
