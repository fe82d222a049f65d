// PNGs as they lie about in the world: bytes too many, checksums that are wrong, ends that are missing. Made from a sound picture.

import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { fixture } from "../fixtures.ts";
import { filteredRows, ihdr, type PngShape, writePng } from "../png-writer.ts";
import type { BrokenFile } from "./broken-jpegs.ts";
import { buildExif } from "./exif.ts";
import { type Chunk, joinPng, splitPng } from "./png-chunks.ts";

const width = 96;
const height = 80;
const end: Chunk = { type: "IEND", body: new Uint8Array(0) };
const bytes = (...parts: readonly Uint8Array[]) => Uint8Array.from(Buffer.concat(parts));
const text: Chunk = { type: "tEXt", body: Buffer.from("Comment\0secret words") };

/** The chunk's checksum, or a byte of its body, turned over. */
function wrong(
  png: Uint8Array,
  type: string,
  where: "sum" | "body" = "sum",
  index = 0,
): Uint8Array<ArrayBuffer> {
  const copy = Uint8Array.from(png);
  const at = placesOf(png, type)[index];
  if (at === undefined) throw new Error(`There is no ${type}.`);
  const length = Buffer.from(png).readUInt32BE(at);
  const place = where === "sum" ? at + 8 + length : at + 8 + (length >> 1);
  copy[place] = (copy[place] ?? 0) ^ 0x55;
  return copy;
}

function placesOf(png: Uint8Array, type: string): number[] {
  const found: number[] = [];
  const file = Buffer.from(png);
  for (let at = 8; at + 12 <= file.length; at += 12 + file.readUInt32BE(at))
    if (file.toString("latin1", at + 4, at + 8) === type) found.push(at);
  return found;
}

/** Up to a share of the bytes between the first chunk of pixels and the end. */
export function cutPng(png: Uint8Array, share: number): Uint8Array<ArrayBuffer> {
  const start = (placesOf(png, "IDAT")[0] ?? 0) + 8;
  return Uint8Array.from(png.subarray(0, start + Math.floor((png.length - start - 16) * share)));
}

const withPixels = (png: Uint8Array, change: (stream: Buffer) => Uint8Array): Uint8Array<ArrayBuffer> => {
  const chunks = splitPng(Buffer.from(png));
  const stream = Buffer.concat(chunks.filter(({ type }) => type === "IDAT").map(({ body }) => body));
  const first = chunks.findIndex(({ type }) => type === "IDAT");
  const rest = chunks.filter(({ type }) => type !== "IDAT");
  return bytes(
    joinPng([...rest.slice(0, first), { type: "IDAT", body: change(stream) }, ...rest.slice(first)]),
  );
};

const inserted = (png: Uint8Array, before: string, ...extra: Chunk[]): Uint8Array<ArrayBuffer> => {
  const chunks = splitPng(Buffer.from(png));
  const at = chunks.findIndex(({ type }) => type === before);
  return bytes(joinPng([...chunks.slice(0, at), ...extra, ...chunks.slice(at)]));
};

interface Frame {
  readonly picture: Uint8Array;
  readonly x?: number;
  readonly y?: number;
  readonly size?: { readonly width: number; readonly height: number };
}

/** What is in IDAT is for readers that know no animations; the frames follow. */
export function hiddenStill(
  still: Uint8Array,
  frames: readonly Frame[],
  announced = frames.length,
): Uint8Array<ArrayBuffer> {
  let sequence = 0;
  const control = Buffer.alloc(8);
  control.writeUInt32BE(announced, 0);
  const parts = frames.flatMap(({ picture, x = 0, y = 0, size = { width, height } }) => {
    const body = Buffer.alloc(26);
    for (const [index, value] of [sequence++, size.width, size.height, x, y].entries())
      body.writeUInt32BE(value, index * 4);
    body.writeUInt16BE(20, 20);
    body.writeUInt16BE(100, 22);
    const pixels = splitPng(Buffer.from(picture)).filter(({ type }) => type === "IDAT");
    return [
      { type: "fcTL", body },
      ...pixels.map(({ body: data }) => {
        const number = Buffer.alloc(4);
        number.writeUInt32BE(sequence++);
        return { type: "fdAT", body: Buffer.concat([number, data]) };
      }),
    ];
  });
  return inserted(inserted(still, "IDAT", { type: "acTL", body: control }), "IEND", ...parts);
}

export async function brokenPngs(): Promise<BrokenFile[]> {
  const picture = await sharp(fixture("cat.jpg")).resize(width, height).removeAlpha().raw().toBuffer();
  const colour = (x: number, y: number, channel: number) =>
    picture[(y * width + x) * 3 + Math.min(channel, 2)] ?? 0;
  const shape = { width, height, bitDepth: 8, colourType: 2, chunkBytes: 2_000 } as const satisfies PngShape;
  const write = (more: Partial<PngShape> = {}, sample = colour) => writePng({ ...shape, ...more }, sample);
  const clear = (x: number, y: number, channel: number) =>
    channel === 3 ? (x * 5 + y) & 255 : colour(x, y, channel);
  const palette = Uint8Array.from({ length: 48 }, (_, index) => (index * 37) & 255);
  const indexed = { colourType: 3, bitDepth: 4, palette } as const;
  const indices = (x: number, y: number) => ((x >> 3) + (y >> 3)) & 15;
  const plain = write();
  const alpha = write({ colourType: 6 }, clear);
  const colours = write(indexed, indices);
  const deep = write({ bitDepth: 16 }, (x, y, channel) => colour(x, y, channel) * 257);
  const laced = write({ interlaced: true });
  const lacedAlpha = write({ interlaced: true, colourType: 6 }, clear);
  const red = write({}, (x, _y, channel) => (channel === 0 ? 200 + (x & 31) : 20));
  const small = writePng({ ...shape, width: 40, height: 30 }, (x, y, channel) =>
    channel === 1 ? 200 : x + y,
  );
  const gamma: Chunk = { type: "gAMA", body: Uint8Array.of(0, 0, 0xb1, 0x8f) };
  const unclear: Chunk = { type: "tRNS", body: Uint8Array.from({ length: 16 }, (_, index) => index * 17) };
  const exif: Chunk = { type: "eXIf", body: buildExif({ orientation: 6 }) };
  const raw = Buffer.from(filteredRows(shape, colour));
  const whole = (stream: Uint8Array, chunk = stream.length) =>
    bytes(
      joinPng([
        { type: "IHDR", body: ihdr(shape).subarray(8, 21) },
        ...Array.from({ length: Math.ceil(stream.length / chunk) }, (_, index) => ({
          type: "IDAT",
          body: stream.subarray(index * chunk, (index + 1) * chunk),
        })),
        end,
      ]),
    );
  const rowBytes = 1 + width * 3;
  return [
    { name: "whole", file: bytes(plain) },
    {
      name: "another IDAT behind the stream",
      file: inserted(plain, "IEND", { type: "IDAT", body: Buffer.from("secret words") }),
    },
    {
      name: "an empty IDAT behind the stream",
      file: inserted(plain, "IEND", { type: "IDAT", body: Buffer.alloc(0) }),
    },
    {
      name: "bytes behind the stream, in its IDAT",
      file: withPixels(plain, (stream) => Buffer.concat([stream, Buffer.from("secret words")])),
    },
    { name: "an empty IDAT first", file: inserted(plain, "IDAT", { type: "IDAT", body: Buffer.alloc(0) }) },
    { name: "words behind IEND", file: bytes(plain, Buffer.from("secret words")) },
    { name: "another picture behind IEND", file: bytes(plain, alpha) },
    { name: "no IEND", file: Uint8Array.from(plain.subarray(0, -12)) },
    { name: "half an IEND", file: Uint8Array.from(plain.subarray(0, -5)) },
    { name: "no IEND, words", file: bytes(plain.subarray(0, -12), Buffer.from("secret words")) },
    { name: "a wrong sum of IEND", file: wrong(plain, "IEND") },
    { name: "a wrong sum of the first IDAT", file: wrong(plain, "IDAT") },
    { name: "a wrong sum of a later IDAT", file: wrong(plain, "IDAT", "sum", 2) },
    { name: "a wrong byte in IDAT", file: wrong(plain, "IDAT", "body", 2) },
    { name: "a wrong sum of IHDR", file: wrong(plain, "IHDR") },
    { name: "a wrong sum of PLTE", file: wrong(colours, "PLTE") },
    { name: "a wrong sum of a text", file: wrong(inserted(plain, "IDAT", text), "tEXt") },
    { name: "a wrong sum of gAMA", file: wrong(inserted(plain, "IDAT", gamma), "gAMA") },
    { name: "a wrong sum of tRNS", file: wrong(inserted(colours, "IDAT", unclear), "tRNS") },
    { name: "a wrong sum of eXIf", file: wrong(inserted(plain, "IDAT", exif), "eXIf") },
    { name: "eXIf in front of the pixels", file: inserted(plain, "IDAT", exif) },
    { name: "eXIf behind the pixels", file: inserted(plain, "IEND", exif) },
    { name: "a text behind the pixels", file: inserted(plain, "IEND", text) },
    { name: "cut at 0.6", file: cutPng(plain, 0.6) },
    { name: "cut at 0.6, alpha", file: cutPng(alpha, 0.6) },
    { name: "cut at 0.5, palette", file: cutPng(colours, 0.5) },
    { name: "cut at 0.5, 16 bits", file: cutPng(deep, 0.5) },
    { name: "cut at 0.6, interlaced", file: cutPng(laced, 0.6) },
    { name: "cut at 0.2, interlaced", file: cutPng(laced, 0.2) },
    { name: "cut at 0.4, interlaced alpha", file: cutPng(lacedAlpha, 0.4) },
    {
      name: "cut at 0.6, then IEND",
      file: withPixels(plain, (stream) => stream.subarray(0, stream.length * 0.6)),
    },
    { name: "cut within its first row", file: cutPng(plain, 0.002) },
    { name: "cut behind its header", file: Uint8Array.from(plain.subarray(0, 33)) },
    { name: "cut within its header", file: Uint8Array.from(plain.subarray(0, 20)) },
    { name: "no checksum of the stream", file: withPixels(plain, (stream) => stream.subarray(0, -4)) },
    { name: "half a checksum of the stream", file: withPixels(plain, (stream) => stream.subarray(0, -2)) },
    {
      name: "a wrong checksum of the stream",
      file: withPixels(plain, (stream) => Buffer.concat([stream.subarray(0, -4), Uint8Array.of(1, 2, 3, 4)])),
    },
    { name: "rows too few", file: whole(deflateSync(raw.subarray(0, rowBytes * 50))) },
    { name: "half a row at the end", file: whole(deflateSync(raw.subarray(0, rowBytes * 50 + 100))) },
    { name: "rows too many", file: whole(deflateSync(Buffer.concat([raw, raw.subarray(0, rowBytes * 20)]))) },
    {
      name: "a filter that there is not",
      file: whole(deflateSync(raw.map((byte, at) => (at === rowBytes * 40 ? 9 : byte)))),
    },
    { name: "damage in the stream", file: whole(deflateSync(raw).fill(0xa5, 9_000, 9_040)) },
    {
      name: "a wrong check of the stream's header",
      file: withPixels(plain, (stream) => Buffer.concat([Uint8Array.of(0x78, 0x9d), stream.subarray(2)])),
    },
    {
      name: "a window that is too small",
      file: withPixels(plain, (stream) => Buffer.concat([Uint8Array.of(0x08, 0x1d), stream.subarray(2)])),
    },
    { name: "a stored stream", file: whole(deflateSync(raw, { level: 0 }), 1_000) },
    { name: "a stranger between the IDATs", file: strangerWithin(plain) },
    {
      name: "an unknown critical chunk",
      file: inserted(plain, "IDAT", { type: "ABCD", body: Buffer.from("secret") }),
    },
    {
      name: "no palette",
      file: bytes(joinPng(splitPng(Buffer.from(colours)).filter(({ type }) => type !== "PLTE"))),
    },
    {
      name: "indices beyond the palette",
      file: bytes(write({ ...indexed, palette: palette.subarray(0, 12) }, indices)),
    },
    {
      name: "tRNS longer than its palette",
      file: inserted(
        write({ ...indexed, palette: palette.subarray(0, 24) }, (x, y) => indices(x, y) & 7),
        "IDAT",
        unclear,
      ),
    },
    { name: "tRNS of RGBA", file: inserted(alpha, "IDAT", { type: "tRNS", body: Buffer.alloc(6) }) },
    { name: "a palette with RGB", file: inserted(plain, "IDAT", { type: "PLTE", body: palette }) },
    { name: "a chunk that ends beyond the file", file: beyond(plain) },
    { name: "a hidden still", file: hiddenStill(plain, [{ picture: red }, { picture: plain }]) },
    {
      name: "a hidden still, interlaced",
      file: hiddenStill(laced, [
        { picture: write({ interlaced: true }, (x, _y, channel) => (channel === 0 ? 200 + (x & 31) : 20)) },
      ]),
    },
    { name: "a hidden still, one frame", file: hiddenStill(plain, [{ picture: red }]) },
    { name: "a hidden still, frames too few", file: hiddenStill(plain, [{ picture: red }], 5) },
    {
      name: "a hidden still, a smaller frame",
      file: hiddenStill(plain, [
        { picture: small, x: 20, y: 10, size: { width: 40, height: 30 } },
        { picture: red },
      ]),
    },
    { name: "a still with an animation of no frame", file: hiddenStill(plain, [], 2) },
    {
      name: "a hidden still, frame outside",
      file: hiddenStill(plain, [{ picture: small, x: 80, y: 10, size: { width: 40, height: 30 } }]),
    },
    {
      name: "a hidden still, cut in its frame",
      file: Uint8Array.from(hiddenStill(plain, [{ picture: red }]).subarray(0, -500)),
    },
  ];
}

function strangerWithin(png: Uint8Array): Uint8Array<ArrayBuffer> {
  const chunks = splitPng(Buffer.from(png));
  const at = chunks.findIndex(({ type }) => type === "IDAT") + 2;
  return bytes(joinPng([...chunks.slice(0, at), text, ...chunks.slice(at)]));
}

/** In the place of IEND a text whose length reaches far out. */
function beyond(png: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(5_000, 0);
  head.write("tEXt", 4);
  return bytes(png.subarray(0, -12), head, Buffer.from("secret words"));
}
