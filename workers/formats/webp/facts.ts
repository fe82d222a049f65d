// WebP: walks the RIFF chunks; the picture's own header gives the size where no VP8X does. No browser turns one by its EXIF, so nor do we.
import type { Size } from "../../../schema/facts.ts";
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { PieceCount } from "../bytes/pieces.ts";
import { Damage } from "../damage.ts";
import { plainStill, type StoredFacts } from "../facts.ts";
import { type BitstreamId, bitstreamHeaderBytes, isBitstream, sizeInBitstream } from "./bitstream.ts";
import { animationBytes, canvasBytes, canvasFlags, canvasOf, playsOf } from "./canvas.ts";
import { frameHeaderBytes, frameHeaderOf } from "./frame.ts";
import { endOfRiff, headBytes, padded, readHead, riffHeaderBytes } from "./riff.ts";

export function* readWebp(reader: ByteReader, publish: (facts: StoredFacts) => void): Reading<StoredFacts> {
  const end = endOfRiff(yield* reader.take(riffHeaderBytes));
  let facts: StoredFacts = { ...plainStill, format: "webp", width: 0, height: 0 };
  let frames = 0;
  let canvas: Size | null = null;
  let hasPixels = false;
  const count = new PieceCount();
  while (reader.position + headBytes <= end) {
    count.piece();
    const { id: type, length } = yield* readHead(reader, end);
    const next = reader.position + padded(length);
    const isFirst = reader.position === riffHeaderBytes + headBytes;
    const isPicture = isBitstream(type);
    // Decoders look for the canvas here and nowhere else.
    if (isFirst && !isPicture && type !== "VP8X") throw new Damage("its first chunk is no picture");
    if (type === "VP8X" && isFirst) {
      facts = { ...facts, ...readCanvas(yield* reader.take(canvasBytes)) };
      canvas = facts;
    } else if (type === "ANIM" && length >= animationBytes) {
      facts = { ...facts, plays: playsOf(yield* reader.take(animationBytes)) };
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
    }
    // The last chunk's padding byte is often missing, and missed by no one.
    const rest = Math.max(0, Math.min(next, end) - reader.position);
    if (reader.left >= rest) reader.now(rest);
    else yield* reader.skip(rest);
  }
  if (!hasPixels) throw new Damage("it holds no picture");
  return { ...facts, frames: facts.animated ? frames : 1, pieces: count.pieces };
}

/** A frame of an animation: it lies on the canvas, and its picture is as large as it says. Answers the picture's samples. */
function* readFrame(reader: ByteReader, end: number, canvas: Size, count: PieceCount): Reading<number> {
  const { x, y, ...size } = frameHeaderOf(yield* reader.take(frameHeaderBytes));
  const isOutside = x + size.width > canvas.width || y + size.height > canvas.height;
  if (isOutside) throw new Damage("a frame reaches out of the canvas");
  let samples = 0;
  while (reader.position + headBytes <= end) {
    count.piece();
    const { id: type, length } = yield* readHead(reader, end);
    const next = reader.position + padded(length);
    if (samples === 0 && isBitstream(type)) {
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

function readCanvas(payload: Uint8Array) {
  const { flags, width, height } = canvasOf(payload);
  const animated = (flags & canvasFlags.animation) !== 0;
  const alpha = (flags & canvasFlags.alpha) !== 0;
  return {
    width,
    height,
    alpha,
    samplesPerPixel: alpha ? 2.5 : 1.5,
    hasIcc: (flags & canvasFlags.icc) !== 0,
    animated,
    frames: animated ? null : 1,
  };
}

function* readPicture(reader: ByteReader, id: BitstreamId) {
  const size = sizeInBitstream(id, yield* reader.take(bitstreamHeaderBytes[id]));
  if (!size) throw new Damage("its frame header is broken");
  const { width, height, hasAlpha: alpha } = size;
  return { width, height, alpha, samplesPerPixel: id === "VP8 " ? 1.5 : alpha ? 4 : 3 };
}
