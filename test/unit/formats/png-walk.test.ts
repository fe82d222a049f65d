// What is told of a PNG by its chunks: what moves, what is a still of its own, what counts in front of the pixels and not behind them.
import { describe, expect, test } from "vitest";
import { createFactsReader, readImageFacts } from "../../../workers/shared/image-facts.ts";
import { buildExif } from "../../support/make-fixtures/exif.ts";
import { type Chunk, joinPng } from "../../support/make-fixtures/png-chunks.ts";

const chunk = (type: string, ...body: readonly number[]): Chunk => ({ type, body: Uint8Array.from(body) });
const uint32 = (value: number) => [value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255];
/** 5 by 4. */
const header = chunk("IHDR", ...uint32(5), ...uint32(4), 8, 2, 0, 0, 0);
const moves = (plays = 3) => chunk("acTL", ...uint32(9), ...uint32(plays));
const frame = (width = 5, height = 4, x = 0, y = 0) =>
  chunk("fcTL", ...[0, width, height, x, y].flatMap(uint32), 0, 1, 0, 10, 0, 0);
const pixels = chunk("IDAT", 1, 2, 3);
const more = chunk("fdAT", 0, 0, 0, 1, 9);
const end = chunk("IEND");
const turned = (orientation: number) => ({
  type: "eXIf",
  body: buildExif({ orientation, littleEndian: true }),
});

/** As it is told; of a still that lies apart from its frames with that word. */
function told(...chunks: readonly Chunk[]): string {
  const file = joinPng([header, ...chunks]);
  const result = readImageFacts(file, file.length);
  const reader = createFactsReader();
  for (const byte of file) reader.push(Uint8Array.of(byte));
  expect(reader.end(), "cut into single bytes").toEqual(result);
  if (result.kind !== "image") return result.kind === "damaged" ? result.reason : result.kind;
  const { animated, frames, plays, apart, alpha, hasIcc, orientation, pieces } = result.facts;
  const words = [
    animated ? `${frames} frames` : `still`,
    plays === undefined || plays === null ? "" : `${plays} plays`,
    apart ? "apart" : "",
    alpha ? "alpha" : "",
    hasIcc ? "profile" : "",
    orientation === 1 ? "" : `turned ${orientation}`,
  ];
  expect(pieces).toBe(chunks.length + (chunks.at(-1) === end ? 0 : 1));
  return words.filter((word) => word !== "").join(", ");
}

describe("a PNG that", () => {
  test.each<[what: string, chunks: readonly Chunk[], is: string]>([
    ["is a still", [pixels, end], "still"],
    ["is a still without an end", [pixels], "still"],
    ["moves", [moves(), frame(), pixels, frame(), more, end], "2 frames, 3 plays"],
    [
      "moves, with parts of the picture",
      [moves(0), frame(), pixels, frame(1, 1, 4, 3), more, end],
      "2 frames, 0 plays",
    ],
    ["moves, by one frame", [moves(), frame(), pixels, end], "still, 3 plays"],
    ["says that it moves", [moves(), pixels, end], "still, 3 plays"],
    ["has frames and does not say that it moves", [frame(), pixels, frame(), more, end], "still"],
    ["says so behind its pixels", [pixels, moves(), frame(), more, frame(), more, end], "still"],
    [
      "says so too shortly",
      [chunk("acTL", 0, 0, 0, 2, 0, 0, 0), frame(), pixels, frame(), more, end],
      "still",
    ],
    [
      "has a still of its own",
      [moves(), pixels, frame(), more, frame(), more, end],
      "2 frames, 3 plays, apart",
    ],
    ["has a still and one frame", [moves(), pixels, frame(), more, end], "still, 3 plays, apart"],
    ["has a still and a frame without pixels", [moves(), pixels, frame(), end], "still, 3 plays"],
    ["has a still and pixels of no frame", [moves(), pixels, more, end], "still, 3 plays"],
    [
      "has a still and a smaller first frame",
      [moves(), pixels, frame(4, 4), more, frame(), more, end],
      "still, 3 plays",
    ],
    [
      "has a still and a larger second frame",
      [moves(), pixels, frame(), more, frame(5, 5), more, end],
      "still, 3 plays",
    ],
    [
      "has a frame that is too wide",
      [moves(), frame(), pixels, frame(5, 4, 1, 0), more, end],
      "still, 3 plays",
    ],
    [
      "has a frame that is too low down",
      [moves(), frame(), pixels, frame(5, 4, 0, 1), more, end],
      "still, 3 plays",
    ],
    ["has a first frame that is too wide", [moves(), frame(6), pixels, frame(), more, end], "still, 3 plays"],
    [
      "has a frame of too few bytes",
      [moves(), frame(), pixels, chunk("fcTL", ...Array(19).fill(0)), more, end],
      "still, 3 plays",
    ],
    [
      "has a frame of just enough",
      [moves(), frame(), pixels, chunk("fcTL", ...Array(20).fill(0)), more, end],
      "2 frames, 3 plays",
    ],
    [
      "has a first frame of too few bytes",
      [moves(), chunk("fcTL", ...Array(19).fill(0)), pixels, frame(), more, end],
      "still, 3 plays, apart",
    ],
    ["has a profile", [chunk("iCCP", 1), pixels, end], "still, profile"],
    ["has a profile behind its pixels", [pixels, chunk("iCCP", 1), end], "still"],
    ["has a clear colour", [chunk("tRNS", 0, 0, 0, 0, 0, 0), pixels, end], "still, alpha"],
    ["has one behind its pixels", [pixels, chunk("tRNS", 0, 0, 0, 0, 0, 0), end], "still"],
    ["is turned", [turned(6), pixels, end], "still, turned 6"],
    ["is turned twice", [turned(6), turned(3), pixels, end], "still, turned 6"],
    ["is not turned at first", [turned(1), turned(3), pixels, end], "still"],
    ["is turned behind its pixels", [pixels, turned(6), end], "still"],
    ["has two headers", [header, pixels, end], "it has two headers"],
    ["has two, one behind its pixels", [pixels, header, end], "it has two headers"],
    ["has no pixels", [end], "it holds no pixels"],
    ["ends before its pixels", [chunk("tEXt", 65)], "the file ends too early"],
    ["has a name of nonsense", [chunk("IDA1"), pixels, end], "a chunk's name is nonsense"],
    ["has pixels in two parts", [pixels, pixels, end], "still"],
  ])("%s is told", (_, chunks, is) => {
    expect(told(...chunks)).toBe(is);
  });

  test("has nonsense behind its pixels ends there", () => {
    const file = joinPng([
      header,
      moves(),
      frame(),
      pixels,
      frame(),
      chunk("fd@T", 0, 0, 0, 1),
      frame(),
      end,
    ]);
    expect(readImageFacts(file, file.length)).toMatchObject({ kind: "image", facts: { frames: 2 } });
  });

  test("is cut off anywhere is told as far as it goes, and never refused behind its header and first pixels", () => {
    const file = joinPng([header, moves(), frame(), pixels, frame(), more, frame(), more, end]);
    const begins = joinPng([header, moves(), frame()]).length + 8;
    const counts: (number | null)[] = [];
    for (let length = 8; length <= file.length; length++) {
      const result = readImageFacts(file.subarray(0, length), length);
      expect(result.kind, `${length} bytes`).toBe(length < begins ? "damaged" : "image");
      if (result.kind === "image" && counts.at(-1) !== result.facts.frames) counts.push(result.facts.frames);
    }
    expect(counts).toEqual([1, 2, 3]);
  });
});
