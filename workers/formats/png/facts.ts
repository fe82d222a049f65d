// PNG: chunk by chunk to IEND, reading only the small ones.
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { PieceCount } from "../bytes/pieces.ts";
import { Damage } from "../damage.ts";
import { readExif } from "../exif/read.ts";
import { plainStill, type StoredFacts } from "../facts.ts";
import { crcBytes, frameBytes, headBytes, headOf, readHead, signatureBytes } from "./chunks.ts";
import { headerBytes, headerOf, pixelOf } from "./header.ts";

/** An orientation stands at the front of its block. */
const exifBytesRead = 65_536;

export function* readPng(reader: ByteReader, publish: (facts: StoredFacts) => void): Reading<StoredFacts> {
  yield* reader.skip(signatureBytes);
  let facts = yield* readHeader(reader);
  let hasPixels = false;
  let isMoving = false;
  let isBroken = false;
  let frames = 0;
  const count = new PieceCount();
  for (;;) {
    count.piece();
    const { type, length } = yield* readHead(reader);
    let left = length + crcBytes;
    if (type === "IHDR") throw new Damage("it has two headers");
    if (type === "acTL" && length >= 8 && !hasPixels) {
      const plays = (yield* reader.view(8)).getUint32(4);
      left -= 8;
      isMoving = true;
      facts = { ...facts, frames: null, animated: true, plays };
    } else if (type === "fcTL" && length >= 20) {
      frames++;
      isBroken ||= !isInside(yield* reader.view(20), facts);
      left -= 20;
    } else if (type === "eXIf") {
      const block = yield* reader.take(Math.min(length, exifBytesRead));
      facts = { ...facts, orientation: readExif(block).orientation };
      left -= block.length;
    } else if (type === "iCCP") facts = { ...facts, hasIcc: true };
    else if (type === "tRNS") facts = { ...facts, alpha: true };
    else if (type === "IDAT" && !hasPixels) {
      hasPixels = true;
      publish(facts);
    }
    if (reader.left >= left) reader.now(left);
    else yield* reader.skip(left);
    if (type !== "IEND") continue;
    if (!hasPixels) throw new Damage("it holds no pixels");
    facts = { ...facts, pieces: count.pieces };
    if (!isMoving) return facts;
    // What acTL announces is only a promise.
    const shown = isBroken ? 1 : Math.max(1, frames);
    return { ...facts, frames: shown, animated: shown > 1 };
  }
}

/** Section 11.2.9.2: frames lie within the picture. Browsers show a file that breaks this as a still. */
function isInside(frame: DataView, { width, height }: StoredFacts): boolean {
  const right = frame.getUint32(4) + frame.getUint32(12);
  const bottom = frame.getUint32(8) + frame.getUint32(16);
  return right <= width && bottom <= height;
}

function* readHeader(reader: ByteReader): Reading<StoredFacts> {
  const chunk = yield* reader.take(frameBytes + headerBytes);
  const { type, length } = headOf(chunk);
  const isHeader = length === headerBytes && type === "IHDR";
  const { width, height, bitDepth, interlaced, ...header } = headerOf(chunk.subarray(headBytes));
  const pixel = pixelOf({ ...header, bitDepth });
  if (!isHeader || !pixel) throw new Damage("its header is broken");
  return { ...plainStill, ...pixel, format: "png", width, height, bitDepth, progressive: interlaced };
}
