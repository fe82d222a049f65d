// WebP: walks the RIFF chunks; the picture's own header gives the size where no VP8X does.
import { ascii } from "../bytes/ascii.ts";
import { type ByteReader, Damage, type Reading } from "../bytes/byte-reader.ts";
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
  let hasCanvas = false;
  let hasPixels = false;
  while (reader.position + 8 <= end) {
    const head = yield* reader.take(8);
    const type = ascii(head, 0, 4);
    const length = new DataView(head.buffer, head.byteOffset, 8).getUint32(4, true);
    const next = reader.position + length + (length & 1);
    if (reader.position + length > end) throw new Damage("a chunk reaches past the file's length");
    if (type === "VP8X" && !hasCanvas && length >= 10) {
      facts = { ...facts, ...readCanvas(yield* reader.view(10)) };
      hasCanvas = true;
    } else if (type === "ANIM" && length >= 6) {
      facts = { ...facts, plays: (yield* reader.view(6)).getUint16(4, true) };
    } else if (type === "ANMF") {
      if (!hasPixels) publish(facts);
      hasPixels = true;
      frames++;
    } else if ((type === "VP8 " || type === "VP8L") && !hasPixels) {
      const still = type === "VP8 " ? yield* readLossy(reader) : yield* readLossless(reader);
      const samplesPerPixel = Math.max(still.samplesPerPixel, hasCanvas ? facts.samplesPerPixel : 0);
      facts = hasCanvas ? { ...facts, samplesPerPixel } : { ...facts, ...still };
      publish(facts);
      hasPixels = true;
    } else if (type === "EXIF") {
      facts = {
        ...facts,
        orientation: readExif(yield* reader.take(Math.min(length, exifBytesRead))).orientation,
      };
    }
    // The last chunk's padding byte is often missing, and missed by no one.
    yield* reader.skip(Math.max(0, Math.min(next, end) - reader.position));
  }
  if (!hasPixels) throw new Damage("it holds no picture");
  return facts.animated ? { ...facts, frames } : facts;
}

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
  return { width, height: view.getUint16(8, true) & 0x3fff, samplesPerPixel: 1.5 };
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
