// WebP: walks the RIFF chunks; the picture's own header gives the size where no VP8X does.
import { ascii } from "../bytes/ascii.ts";
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { PieceCount } from "../bytes/pieces.ts";
import { Damage } from "../damage.ts";
import { readExif } from "../exif/read.ts";
import { plainStill, type StoredFacts } from "../facts.ts";

/** RIFF, the length, WEBP. */
export const riffHeaderBytes = 12;
/** In front of a frame's own chunks inside ANMF. */
export const frameHeaderBytes = 16;
/** Bits of the first byte of VP8X. */
export const vp8xFlags = { icc: 0x20, alpha: 0x10, exif: 0x08, xmp: 0x04, animation: 0x02 } as const;

const exifBytesRead = 65_536;

export function* readWebp(reader: ByteReader, publish: (facts: StoredFacts) => void): Reading<StoredFacts> {
  const riff = yield* reader.view(riffHeaderBytes);
  const end = 8 + riff.getUint32(4, true);
  let facts: StoredFacts = { ...plainStill, format: "webp", width: 0, height: 0 };
  let frames = 0;
  let canvas: Size | null = null;
  let hasPixels = false;
  const count = new PieceCount();
  while (reader.position + 8 <= end) {
    count.piece();
    const { type, length, next } = yield* readChunkHead(reader, end);
    const isFirst = reader.position === riffHeaderBytes + 8;
    const isPicture = type === "VP8 " || type === "VP8L";
    // Decoders look for the canvas here and nowhere else.
    if (isFirst && !isPicture && type !== "VP8X") throw new Damage("its first chunk is no picture");
    if (type === "VP8X" && isFirst) {
      facts = { ...facts, ...readCanvas(yield* reader.view(10)) };
      canvas = facts;
    } else if (type === "ANIM" && length >= 6) {
      facts = { ...facts, plays: (yield* reader.view(6)).getUint16(4, true) };
    } else if (type === "ANMF") {
      if (!hasPixels) publish(facts);
      hasPixels = true;
      frames++;
      const samples = yield* readFrame(reader, reader.position + length, facts, count);
      facts = { ...facts, samplesPerPixel: Math.max(samples, facts.samplesPerPixel) };
    } else if (isPicture && !hasPixels) {
      const still = yield* readPicture(reader, type);
      if (canvas) refuseOther(still, canvas);
      const samplesPerPixel = Math.max(still.samplesPerPixel, canvas ? facts.samplesPerPixel : 0);
      facts = canvas ? { ...facts, samplesPerPixel } : { ...facts, ...still };
      publish(facts);
      hasPixels = true;
    } else if (type === "EXIF") {
      facts = {
        ...facts,
        orientation: readExif(yield* reader.take(Math.min(length, exifBytesRead))).orientation,
      };
    }
    // The last chunk's padding byte is often missing, and missed by no one.
    const rest = Math.max(0, Math.min(next, end) - reader.position);
    if (reader.left >= rest) reader.now(rest);
    else yield* reader.skip(rest);
  }
  if (!hasPixels) throw new Damage("it holds no picture");
  return { ...facts, frames: facts.animated ? frames : 1, pieces: count.pieces };
}

type Size = Pick<StoredFacts, "width" | "height">;

function* readChunkHead(reader: ByteReader, end: number) {
  if (reader.left < 8) yield* reader.need(8);
  const head = reader.now(8);
  const length = new DataView(head.buffer, head.byteOffset, 8).getUint32(4, true);
  if (reader.position + length > end) throw new Damage("a chunk reaches past the file's length");
  return { type: ascii(head, 0, 4), length, next: reader.position + length + (length & 1) };
}

/** A frame of an animation: it lies on the canvas, and its picture is as large as it says. Answers the picture's samples. */
function* readFrame(reader: ByteReader, end: number, canvas: Size, count: PieceCount): Reading<number> {
  const box = yield* reader.view(frameHeaderBytes);
  const size = { width: 1 + uint24(box, 6), height: 1 + uint24(box, 9) };
  const isOutside =
    2 * uint24(box, 0) + size.width > canvas.width || 2 * uint24(box, 3) + size.height > canvas.height;
  if (isOutside) throw new Damage("a frame reaches out of the canvas");
  let samples = 0;
  while (reader.position + 8 <= end) {
    count.piece();
    const { type, next } = yield* readChunkHead(reader, end);
    if (samples === 0 && (type === "VP8 " || type === "VP8L")) {
      const picture = yield* readPicture(reader, type);
      refuseOther(picture, size);
      samples = picture.samplesPerPixel;
    }
    yield* reader.skip(Math.max(0, Math.min(next, end) - reader.position));
  }
  return samples;
}

/** The attack: a canvas of 64 pixels around a bitstream that unpacks to a gigabyte. */
function refuseOther(picture: Size, claimed: Size): void {
  if (picture.width !== claimed.width || picture.height !== claimed.height)
    throw new Damage("a picture in it is not of the size that it claims");
}

const readPicture = (reader: ByteReader, type: "VP8 " | "VP8L") =>
  type === "VP8 " ? readLossy(reader) : readLossless(reader);

function readCanvas(view: DataView) {
  const flags = view.getUint8(0);
  const animated = (flags & vp8xFlags.animation) !== 0;
  const alpha = (flags & vp8xFlags.alpha) !== 0;
  return {
    width: 1 + uint24(view, 4),
    height: 1 + uint24(view, 7),
    alpha,
    samplesPerPixel: alpha ? 2.5 : 1.5,
    hasIcc: (flags & vp8xFlags.icc) !== 0,
    animated,
    frames: animated ? null : 1,
  };
}

const uint24 = (view: DataView, at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 65_536;

/** RFC 6386, section 9.1: a key frame's tag, its start code, then 14 bits each of width and height. */
function* readLossy(reader: ByteReader) {
  const view = yield* reader.view(10);
  const isKeyFrame = (view.getUint8(0) & 1) === 0;
  if (!isKeyFrame || view.getUint16(3) !== 0x9d01 || view.getUint8(5) !== 0x2a)
    throw new Damage("its frame header is broken");
  const width = view.getUint16(6, true) & 0x3fff;
  return { width, height: view.getUint16(8, true) & 0x3fff, alpha: false, samplesPerPixel: 1.5 };
}

function* readLossless(reader: ByteReader) {
  const view = yield* reader.view(5);
  if (view.getUint8(0) !== 0x2f) throw new Damage("its frame header is broken");
  const bits = view.getUint32(1, true);
  const alpha = ((bits >>> 28) & 1) === 1;
  return {
    width: 1 + (bits & 0x3fff),
    height: 1 + ((bits >>> 14) & 0x3fff),
    alpha,
    samplesPerPixel: alpha ? 4 : 3,
  };
}
