// Which chunks of a PNG are served: of its frames those that it has announced, of a still none, and an end in any case.
import { describe, expect, test } from "vitest";
import { ByteReader } from "../../../workers/formats/bytes/byte-reader.ts";
import { type PngFacts, stripPng } from "../../../workers/formats/png/strip.ts";
import { buildExif } from "../../support/make-fixtures/exif.ts";
import { xmpPacket } from "../../support/make-fixtures/placed.ts";
import { type Chunk, joinPng, splitPng } from "../../support/make-fixtures/png-chunks.ts";

const chunk = (type: string, ...body: readonly number[]): Chunk => ({ type, body: Buffer.from(body) });
const header = chunk("IHDR", 0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0);
const pixels = chunk("IDAT", 1, 2, 3);
const end = chunk("IEND");
const moves = (frames: number) => chunk("acTL", 0, 0, 0, frames, 0, 0, 0, 0);
const control = (number: number) => chunk("fcTL", 0, 0, 0, number, ...Array<number>(22).fill(0));
const data = (number: number) => chunk("fdAT", 0, 0, 0, number, 9);
const exif = { type: "eXIf", body: Buffer.from(buildExif({ orientation: 6 })) };
const xmp = { type: "iTXt", body: Buffer.concat([Buffer.from("XML:com.adobe.xmp\0\0\0\0\0"), xmpPacket]) };

function strippedBytes(file: Uint8Array, facts: PngFacts, kept: "none" | "keep", pieceBytes: number): Buffer {
  const reader = new ByteReader();
  const pieces: Uint8Array[] = [];
  const reading = stripPng(reader, (bytes) => pieces.push(Uint8Array.from(bytes)), kept, facts);
  let { done } = reading.next();
  for (let at = 0; !done && at < file.length; at += pieceBytes) {
    reader.feed(file.slice(at, at + pieceBytes));
    ({ done } = reading.next());
  }
  reader.end();
  if (!done) reading.next();
  return Buffer.concat(pieces);
}

/** Names of what is left, with the second of two that are alike told by its first numbers. */
function left(chunks: readonly Chunk[], facts: PngFacts = {}, kept: "none" | "keep" = "none"): string {
  const file = joinPng([header, ...chunks]);
  const whole = strippedBytes(file, facts, kept, file.length);
  expect(strippedBytes(file, facts, kept, 1)).toEqual(whole);
  const parts = splitPng(whole);
  expect(joinPng(parts)).toEqual(whole);
  return parts
    .map(({ type, body }) => (type === "fcTL" || type === "fdAT" ? `${type}${body[3]}` : type))
    .join(" ");
}

const film = [moves(2), control(0), pixels, control(1), data(2), end];

describe("of a PNG", () => {
  test.each<[what: string, chunks: readonly Chunk[], facts: PngFacts, left: string]>([
    ["a film stays", film, {}, "IHDR acTL fcTL0 IDAT fcTL1 fdAT2 IEND"],
    ["a film that moves stays", film, { animated: true }, "IHDR acTL fcTL0 IDAT fcTL1 fdAT2 IEND"],
    ["shown as a still has no frames", film, { animated: false }, "IHDR IDAT IEND"],
    [
      "whose still is apart they stay",
      film,
      { animated: false, apart: true },
      "IHDR acTL fcTL0 IDAT fcTL1 fdAT2 IEND",
    ],
    [
      "frames beyond those announced go",
      [moves(1), control(0), pixels, control(1), data(2), end],
      {},
      "IHDR acTL fcTL0 IDAT IEND",
    ],
    [
      "and all that follow them",
      [moves(1), pixels, control(0), data(1), control(2), data(3), control(4), end],
      {},
      "IHDR acTL IDAT fcTL0 fdAT1 IEND",
    ],
    [
      "frames without an announcement go",
      [control(0), pixels, control(1), data(2), end],
      {},
      "IHDR IDAT IEND",
    ],
    [
      "an announcement behind the pixels goes, too",
      [pixels, moves(2), control(1), data(2), end],
      {},
      "IHDR IDAT IEND",
    ],
    [
      "a second announcement goes",
      [moves(1), moves(3), control(0), pixels, control(1), end],
      {},
      "IHDR acTL fcTL0 IDAT IEND",
    ],
    [
      "an announcement of another length goes",
      [chunk("acTL", 0, 0, 0, 2, 0, 0, 0), control(0), pixels, end],
      {},
      "IHDR IDAT IEND",
    ],
    [
      "texts, times and strangers go",
      [chunk("tEXt", 65), chunk("tIME", 1), chunk("vpAg", 1), pixels, chunk("zTXt", 1), end],
      {},
      "IHDR IDAT IEND",
    ],
    ["strange critical chunks go", [chunk("CgBI", 1), pixels, end], {}, "IHDR IDAT IEND"],
    [
      "colours stay",
      ["PLTE", "tRNS", "iCCP", "sRGB", "gAMA", "cHRM", "cICP", "mDCV", "cLLI", "sBIT", "bKGD", "pHYs"]
        .map((type) => chunk(type, 1))
        .concat(pixels, end),
      {},
      "IHDR PLTE tRNS iCCP sRGB gAMA cHRM cICP mDCV cLLI sBIT bKGD pHYs IDAT IEND",
    ],
    ["the first EXIF tells how it is turned", [exif, exif, pixels, end], {}, "IHDR eXIf IDAT IEND"],
    ["EXIF behind the pixels goes", [pixels, exif, end], {}, "IHDR IDAT IEND"],
    ["XMP goes", [xmp, pixels, end], {}, "IHDR IDAT IEND"],
    ["what has no end gets one", [pixels], {}, "IHDR IDAT IEND"],
    ["what stands behind the end goes", [pixels, end, pixels], {}, "IHDR IDAT IEND"],
    ["nonsense behind the pixels is the end", [pixels, chunk("ID@T", 1), pixels, end], {}, "IHDR IDAT IEND"],
  ])("%s", (_, chunks, facts, is) => {
    expect(left(chunks, facts)).toBe(is);
  });

  test("kept XMP stays as far as it may, and another text does not", () => {
    expect(left([xmp, pixels, xmp, end], {}, "keep")).toBe("IHDR iTXt IDAT iTXt IEND");
    expect(
      left(
        [
          { type: "iTXt", body: Buffer.concat([Buffer.from("XML:com.adobe.xmq\0\0\0\0\0"), xmpPacket]) },
          pixels,
          end,
        ],
        {},
        "keep",
      ),
    ).toBe("IHDR IDAT IEND");
    const padded = (bytes: number) => ({
      type: "iTXt",
      body: Buffer.concat([xmp.body, Buffer.alloc(bytes - xmp.body.length, " ")]),
    });
    expect(left([padded(22 + 65_536), pixels, end], {}, "keep")).toBe("IHDR iTXt IDAT IEND");
    expect(left([padded(22 + 65_537), pixels, end], {}, "keep")).toBe("IHDR IDAT IEND");
  });

  test("that is cut off in its pixels they stay as far as they go; in front of them it is refused", () => {
    const file = joinPng([header, pixels, end]);
    const pixelsAt = joinPng([header]).length;
    for (let length = 8; length < pixelsAt + 8; length++)
      expect(() => strippedBytes(file.subarray(0, length), {}, "none", 5)).toThrow("the file ends too early");
    for (let length = pixelsAt + 8; length < pixelsAt + 15; length++)
      expect(strippedBytes(file.subarray(0, length), {}, "none", 5)).toEqual(file.subarray(0, length));
    for (let length = pixelsAt + 15; length <= file.length; length++)
      expect(strippedBytes(file.subarray(0, length), {}, "none", 5)).toEqual(file);
  });
});
