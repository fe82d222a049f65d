// An EXIF block in a WebP: found where it stands, and put into one of every kind.
import { expect, test } from "vitest";
import { ByteSink } from "../../../workers/formats/bytes/byte-sink.ts";
import { canvasOf, playsOf, writeAnimation } from "../../../workers/formats/webp/canvas.ts";
import { exifInWebp, withExif } from "../../../workers/formats/webp/exif.ts";
import { asStillFile, findPicture, pictureOf } from "../../../workers/formats/webp/picture-chunks.ts";
import { joinWebp, splitWebp, type WebpChunk } from "../../support/make-fixtures/webp-chunks.ts";

/** Bitstreams of 16 x 9 pixels: as much of them as tells a size. */
const lossy = (width = 16, height = 9): WebpChunk => ({
  id: "VP8 ",
  body: Uint8Array.of(0x10, 0, 0, 0x9d, 0x01, 0x2a, width, 0, height, 0, 1, 2, 3),
});
const lossless = (hasAlpha: boolean): WebpChunk => ({
  id: "VP8L",
  body: Uint8Array.of(0x2f, 15, 0, 2, hasAlpha ? 0x10 : 0, 7, 7),
});
const alpha: WebpChunk = { id: "ALPH", body: Uint8Array.of(0, 1, 2) };
const canvas = (flags: number): WebpChunk => ({
  id: "VP8X",
  body: Uint8Array.of(flags, 0, 0, 0, 29, 0, 0, 19, 0, 0),
});
const exif = Uint8Array.of(1, 2, 3);
const stored = { id: "EXIF", body: exif };
const found = (file: Uint8Array<ArrayBuffer>, most = 100) =>
  exifInWebp({ range: async (offset, length) => file.slice(offset, offset + length) }, most);
const told = (file: Uint8Array) =>
  splitWebp(file).map(({ id, body }) => [id, id === "VP8X" ? canvasOf(body) : body.length]);

test.each([
  ["a lossy", [lossy()], { flags: 0x08, width: 16, height: 9 }],
  ["a lossless", [lossless(false)], { flags: 0x08, width: 16, height: 9 }],
  ["a clear lossless", [lossless(true)], { flags: 0x18, width: 16, height: 9 }],
  ["a lossy one with alpha", [alpha, lossy()], { flags: 0x18, width: 16, height: 9 }],
  ["an extended", [canvas(0x30), lossy()], { flags: 0x38, width: 30, height: 20 }],
])("%s file takes a block at its end, and says so in front", async (_, chunks, expected) => {
  const file = withExif(joinWebp(chunks), exif);
  const rest = chunks.filter(({ id }) => id !== "VP8X").map(({ id, body }) => [id, body.length]);
  expect(told(file)).toEqual([["VP8X", expected], ...rest, ["EXIF", 3]]);
  expect(new DataView(file.buffer).getUint32(4, true)).toBe(file.length - 8);
  expect(file.length % 2).toBe(0);
  expect(await found(file)).toEqual(exif);
});

test("what is no WebP, or holds no picture, stays as it is", () => {
  for (const file of [Uint8Array.of(1, 2, 3), joinWebp([{ id: "ICCP", body: exif }]), joinWebp([])])
    expect(withExif(file, exif)).toBe(file);
});

test("a block is found behind 63 chunks and not behind 64, and not where it is longer than may be", async () => {
  const behind = (count: number) =>
    joinWebp([
      ...Array.from({ length: count }, (_, index) => ({ id: "ABCD", body: exif.subarray(index % 3) })),
      stored,
    ]);
  expect(await found(behind(63))).toEqual(exif);
  expect(await found(behind(64))).toBeNull();
  expect(await found(behind(0), 3)).toEqual(exif);
  expect(await found(behind(0), 2)).toBeNull();
  expect(await found(joinWebp([lossy()]))).toBeNull();
});

test("a picture is found in the first bitstream that tells a size, and its alpha before it", () => {
  const inside = (...chunks: readonly WebpChunk[]) => findPicture(joinWebp(chunks).subarray(12));
  expect(inside(lossy())).toMatchObject({ width: 16, height: 9, hasAlpha: false, isCut: false });
  expect(inside(alpha, lossy())?.chunks.map(({ id }) => id)).toEqual(["ALPH", "VP8 "]);
  expect(inside(lossless(true), alpha)?.chunks.map(({ id }) => id)).toEqual(["VP8L"]);
  const headOnly = { ...lossy(), body: lossy().body.subarray(0, 10) };
  expect(inside(headOnly)).toBeNull();
  expect(inside(headOnly, lossy(7, 5))).toMatchObject({ width: 7, height: 5 });
  expect(findPicture(joinWebp([lossy()]).subarray(12, -2))).toMatchObject({ isCut: true });
  expect(
    inside(...Array<WebpChunk>(100_000).fill({ id: "ABCD", body: new Uint8Array(0) }), lossy()),
  ).toBeNull();
  expect(
    inside(...Array<WebpChunk>(99_999).fill({ id: "ABCD", body: new Uint8Array(0) }), lossy()),
  ).not.toBeNull();
});

test("a still file is extended only where alpha stands beside its picture", () => {
  const plain = pictureOf(joinWebp([lossy()]));
  const clear = pictureOf(joinWebp([alpha, lossy()]));
  if (!plain || !clear) throw new Error("no picture");
  expect(told(asStillFile(plain))).toEqual([["VP8 ", 13]]);
  expect(told(asStillFile(clear))).toEqual([
    ["VP8X", { flags: 0x10, width: 16, height: 9 }],
    ["ALPH", 3],
    ["VP8 ", 13],
  ]);
});

test("how often a film is shown is told from 0, for ever, to 65,535", () => {
  const writtenAs = (plays: number) => {
    const sink = new ByteSink();
    writeAnimation(sink, plays);
    const bytes = sink.take();
    expect([...bytes.subarray(0, 12)]).toEqual([...Buffer.from("ANIM"), 6, 0, 0, 0, 0, 0, 0, 0]);
    return playsOf(bytes.subarray(8));
  };
  expect([0, 1, 65_535, 65_536].map(writtenAs)).toEqual([0, 1, 65_535, 65_535]);
});
