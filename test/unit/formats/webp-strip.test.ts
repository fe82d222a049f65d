// Which chunks of a WebP are served: the others are blanked where they stand, and the file says what is true of it.
import { describe, expect, test } from "vitest";
import { ByteReader } from "../../../workers/formats/bytes/byte-reader.ts";
import { minimalExif } from "../../../workers/formats/exif/carried.ts";
import { stripWebp, type WebpFacts } from "../../../workers/formats/webp/strip.ts";
import { buildExif } from "../../support/make-fixtures/exif.ts";
import { xmpPacket } from "../../support/make-fixtures/placed.ts";

const long = (value: number) => [value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24];
const chunk = (id: string, ...parts: readonly (Uint8Array | readonly number[])[]): Buffer => {
  const body = Buffer.concat(parts.map((part) => Uint8Array.from(part)));
  return Buffer.concat([
    Buffer.from(id),
    Uint8Array.from(long(body.length)),
    body,
    Buffer.alloc(body.length & 1),
  ]);
};
const file = (...chunks: readonly Uint8Array[]): Buffer => {
  const inside = Buffer.concat(chunks);
  return Buffer.concat([
    Buffer.from("RIFF"),
    Uint8Array.from(long(inside.length + 4)),
    Buffer.from("WEBP"),
    inside,
  ]);
};
/** With bits in it that mean nothing, and a byte more where it is longer. */
const canvas = (flags: number, more = 0) =>
  chunk("VP8X", [flags, 7, 7, 7, 4, 0, 0, 3, 0, 0], Array<number>(more).fill(9));
const lossy = chunk("VP8 ", [1, 2, 3]);
const lossless = chunk("VP8L", [4, 5]);
const alpha = chunk("ALPH", [6]);
const colours = chunk("ICCP", [7, 7]);
const plays = chunk("ANIM", [0, 0, 0, 0, 1, 0]);
const stranger = chunk("mine", [65, 66, 67]);
const frame = (...inside: readonly Uint8Array[]) => chunk("ANMF", Array<number>(16).fill(8), ...inside);
const exif = chunk("EXIF", buildExif({ orientation: 6 }));
const xmp = chunk("XMP ", xmpPacket);
const [ICC, ALPHA, EXIF, XMP, MOVES, NOTHING] = [0x20, 0x10, 8, 4, 2, 0xc1];

function stripped(bytes: Uint8Array, facts: WebpFacts, kept: "none" | "keep", pieceBytes: number): Buffer {
  const reader = new ByteReader();
  const pieces: Uint8Array[] = [];
  const reading = stripWebp(reader, (piece) => pieces.push(Uint8Array.from(piece)), kept, facts);
  let { done } = reading.next();
  for (let at = 0; !done && at < bytes.length; at += pieceBytes) {
    reader.feed(bytes.slice(at, at + pieceBytes));
    ({ done } = reading.next());
  }
  reader.end();
  if (!done) reading.next();
  return Buffer.concat(pieces);
}

function left(bytes: Buffer, facts: WebpFacts = {}, kept: "none" | "keep" = "none"): Buffer {
  const whole = stripped(bytes, facts, kept, bytes.length);
  expect(stripped(bytes, facts, kept, 1)).toEqual(whole);
  return whole;
}

/** The same room, and nothing in it. */
const blank = (of: Buffer) => chunk("JUNK", Buffer.alloc(of.readUInt32LE(4)));
/** A canvas as it is served. */
const served = (flags: number) => chunk("VP8X", [flags, 0, 0, 0, 4, 0, 0, 3, 0, 0]);

describe("of a WebP", () => {
  test.each<[what: string, chunks: readonly Buffer[], left: readonly Buffer[]]>([
    ["a picture stays", [lossy], [lossy]],
    ["of two pictures the first stays", [lossy, lossless], [lossy, blank(lossless)]],
    [
      "alpha stays, once, and in front of its picture",
      [canvas(ALPHA), alpha, alpha, lossy, alpha],
      [served(ALPHA), alpha, blank(alpha), lossy, blank(alpha)],
    ],
    [
      "colours stay, once, and strangers go",
      [canvas(ICC), colours, colours, stranger, lossy],
      [served(ICC), colours, blank(colours), blank(stranger), lossy],
    ],
    ["a canvas in another place is none", [lossy, canvas(0)], [lossy, blank(canvas(0))]],
    [
      "a canvas that is too short is none",
      [chunk("VP8X", [0, 0, 0, 0, 4, 0, 0, 3, 0]), lossy],
      [blank(chunk("VP8X", Array(9).fill(0))), lossy],
    ],
    [
      "a canvas says what is true of it alone",
      [canvas(0xff), lossy],
      [served(ICC | ALPHA | EXIF | MOVES), blank(lossy)],
    ],
    ["bits of no meaning go", [canvas(NOTHING), lossy], [served(0), lossy]],
    ["XMP is not announced", [canvas(XMP), lossy, xmp], [served(0), lossy, blank(xmp)]],
    [
      "frames stay, with one picture each",
      [canvas(MOVES), plays, frame(alpha, lossy, lossless, stranger), frame(lossless)],
      [served(MOVES), plays, frame(alpha, lossy, blank(lossless), blank(stranger)), frame(lossless)],
    ],
    [
      "a still beside frames goes",
      [canvas(MOVES), plays, lossy, frame(lossless), lossy],
      [served(MOVES), plays, blank(lossy), frame(lossless), blank(lossy)],
    ],
    [
      "how they play stays once, and in no frame",
      [canvas(MOVES), plays, plays, frame(plays, colours, lossy)],
      [served(MOVES), plays, blank(plays), frame(blank(plays), blank(colours), lossy)],
    ],
    [
      "frames of a still go",
      [canvas(0), plays, lossy, frame(lossless)],
      [served(0), plays, lossy, blank(frame(lossless))],
    ],
    [
      "a frame in a frame goes",
      [canvas(MOVES), plays, frame(frame(lossy), lossless)],
      [served(MOVES), plays, frame(blank(frame(lossy)), lossless)],
    ],
    [
      "a frame of 15 bytes goes, and one of 16 is empty",
      [canvas(MOVES), plays, chunk("ANMF", Array(15).fill(1)), chunk("ANMF", Array(16).fill(1))],
      [served(MOVES), plays, chunk("JUNK", Array(15).fill(0)), chunk("ANMF", Array(16).fill(1))],
    ],
  ])("%s", (_, chunks, is) => {
    expect(left(file(...chunks)).toString("latin1")).toBe(file(...is).toString("latin1"));
  });

  test("a longer canvas stays as long, without what nobody reads", () => {
    const longer = left(file(canvas(ALPHA, 3), lossy));
    expect(longer).toEqual(file(chunk("VP8X", [ALPHA, 0, 0, 0, 4, 0, 0, 3, 0, 0, 0, 0, 0]), lossy));
  });

  test("it moves where the walk at upload has found frames, whatever its own flag says", () => {
    const film = [plays, frame(lossy)];
    expect(left(file(canvas(0), ...film), { animated: true })).toEqual(file(served(MOVES), ...film));
    expect(left(file(canvas(MOVES), lossy), { animated: false })).toEqual(file(served(0), lossy));
  });

  test("what stands behind its end goes, and an end that was found at upload counts", () => {
    const whole = file(canvas(0), lossy);
    const more = Buffer.concat([whole, stranger]);
    expect(left(more)).toEqual(file(served(0), lossy));
    const lying = Buffer.from(more);
    lying.writeUInt32LE(5_000, 4);
    expect(left(lying, { pictureEnd: whole.length })).toEqual(file(served(0), lossy));
  });

  test("a chunk that reaches past the end is told as of what is there, and its padding may be left out", () => {
    const whole = file(lossy);
    const unpadded = file(lossy.subarray(0, -1));
    expect(left(unpadded)).toEqual(unpadded);
    const cut = Buffer.from(file(lossy.subarray(0, -2)));
    expect(left(cut)).toEqual(
      file(Buffer.concat([Buffer.from("VP8 "), Uint8Array.from([2, 0, 0, 0, 1, 2])])),
    );
    expect(left(whole.subarray(0, -1))).toEqual(whole);
  });

  test("kept XMP stays in its room, and what may not stay of it leaves spaces", () => {
    const [before, after] = [file(canvas(XMP), lossy, xmp), left(file(canvas(XMP), lossy, xmp), {}, "keep")];
    expect(after.length).toBe(before.length);
    expect(after.subarray(0, 30)).toEqual(file(served(XMP), lossy, xmp).subarray(0, 30));
    const packet = after.subarray(file(canvas(XMP), lossy).length + 8).toString();
    expect(packet).toMatch(/^<x:xmpmeta .*<\/x:xmpmeta> +\0?$/s);
    const odd = chunk("XMP ", [1, 2, 3]);
    expect(left(file(lossy, odd), {}, "keep")).toEqual(file(lossy, chunk("XMP ", [32, 32, 32])));
  });

  test("EXIF says that it is not turned, as browsers show it, where there is room to say so", () => {
    const told = minimalExif({ orientation: 1, artist: null, copyright: null });
    expect(told).toHaveLength(26);
    const room = exif.readUInt32LE(4);
    const after = chunk("EXIF", told, Buffer.alloc(room - 26));
    expect(left(file(canvas(EXIF), lossy, exif))).toEqual(file(served(EXIF), lossy, after));
    const short = (bytes: number) => chunk("EXIF", Buffer.alloc(bytes, 1));
    expect(left(file(lossy, short(26)))).toEqual(file(lossy, chunk("EXIF", told)));
    expect(left(file(lossy, short(25)))).toEqual(file(lossy, chunk("JUNK", Buffer.alloc(25))));
  });
});
