// PNG: chunk by chunk to IEND, reading only the small ones.

import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { crc32 } from "../bytes/crc32.ts";
import { viewOf } from "../bytes/numbers.ts";
import { PieceCount } from "../bytes/pieces.ts";
import { Damage } from "../damage.ts";
import { readExif } from "../exif/read.ts";
import { plainStill, type StoredFacts } from "../facts.ts";
import {
  crcBytes,
  frameBytes,
  headBytes,
  headOf,
  maxChunkBytes,
  readHead,
  signatureBytes,
} from "./chunks.ts";
import { takeExif } from "./exif.ts";
import { isWhole } from "./first-frame.ts";
import { headerBytes, headerOf, pixelOf } from "./header.ts";

/** `damaged` is not said: how much of the pixels there is, their decoder finds out. */
export function* readPng(reader: ByteReader, publish: (facts: StoredFacts) => void): Reading<StoredFacts> {
  yield* reader.skip(signatureBytes);
  const walk = new PngWalk(yield* readHeader(reader));
  const count = new PieceCount();
  for (;;) {
    count.piece();
    const head = yield* reader.peek(headBytes);
    const isChunk = head.length === headBytes && isNamed(head);
    // Nothing behind the pixels counts, not even the end: browsers show what there is.
    if (!isChunk && walk.hasPixels) return walk.facts(count.pieces);
    if (!isChunk)
      throw new Damage(head.length < headBytes ? "the file ends too early" : "a chunk's name is nonsense");
    const { type, length } = yield* readHead(reader);
    if (type === "IDAT" && !walk.hasPixels) {
      walk.pixels();
      publish(walk.known);
    }
    const used = walk.hasPixels
      ? yield* late(reader, walk, type, length)
      : yield* early(reader, walk, type, length);
    let left = length + crcBytes - used;
    while (left > 0) {
      if (reader.left < left && walk.hasPixels) {
        const bytes = yield* reader.rest();
        if (bytes === null) return walk.facts(count.pieces);
        if (bytes.length > left) reader.giveBack(bytes.length - left);
        left -= Math.min(left, bytes.length);
      } else {
        yield* reader.skip(left);
        left = 0;
      }
    }
    if (type !== "IEND") continue;
    if (!walk.hasPixels) throw new Damage("it holds no pixels");
    return walk.facts(count.pieces);
  }
}

const isNamed = (head: Uint8Array) =>
  /^[A-Za-z]{4}$/.test(headOf(head).type) && headOf(head).length <= maxChunkBytes;

/** A chunk in front of the pixels; answers how many of its bytes were used. */
function* early(reader: ByteReader, walk: PngWalk, type: string, length: number): Reading<number> {
  if (type === "IHDR") throw new Damage("it has two headers");
  if (type === "acTL" && length >= 8) {
    walk.animation((yield* reader.view(8)).getUint32(4));
    return 8;
  }
  if (type === "fcTL" && length >= 20) {
    walk.frame(yield* reader.view(20));
    return 20;
  }
  if (type === "eXIf") {
    const block = yield* takeExif(reader, length);
    if (block) walk.turn(block);
    return length + crcBytes;
  }
  if (type === "iCCP") walk.profile();
  if (type === "tRNS") walk.transparency();
  return 0;
}

/** The same behind the first pixels: there frames stand, and nothing else that is read. */
function* late(reader: ByteReader, walk: PngWalk, type: string, length: number): Reading<number> {
  if (type === "IHDR") throw new Damage("it has two headers");
  if (type === "fdAT") walk.frameData();
  if (type !== "fcTL" || length < 20) return 0;
  const control = yield* reader.takeUpTo(20);
  if (control.length === 20) walk.frame(viewOf(control));
  return control.length;
}

/** What the chunks have said so far. */
class PngWalk {
  #facts: StoredFacts;
  hasPixels = false;
  #hasExif = false;
  #isMoving = false;
  #isBroken = false;
  #frames = 0;
  /** The first frame is not the picture in IDAT; and it is as large, and there. */
  #isApart = false;
  #isFirstWhole = false;
  #hasFrameData = false;

  constructor(header: StoredFacts) {
    this.#facts = header;
  }

  animation(plays: number): void {
    this.#isMoving = true;
    this.#facts = { ...this.#facts, frames: null, animated: true, plays };
  }

  frame(control: DataView): void {
    if (this.#frames++ === 0) this.#isFirstWhole = isWhole(control, this.#facts);
    this.#isBroken ||= !isInside(control, this.#facts);
  }

  frameData(): void {
    this.#hasFrameData = true;
  }

  /** The first block counts. */
  turn(block: Uint8Array): void {
    if (!this.#hasExif) this.#facts = { ...this.#facts, orientation: readExif(block).orientation };
    this.#hasExif = true;
  }

  profile(): void {
    this.#facts = { ...this.#facts, hasIcc: true };
  }

  transparency(): void {
    this.#facts = { ...this.#facts, alpha: true };
  }

  pixels(): void {
    this.hasPixels = true;
    this.#isApart = this.#isMoving && this.#frames === 0;
  }

  /** So far: of an animation the frames are not counted yet. */
  get known(): StoredFacts {
    return this.#facts;
  }

  facts(pieces: number): StoredFacts {
    const facts = { ...this.#facts, pieces };
    if (!this.#isMoving) return facts;
    const isPlaced = !this.#isApart || (this.#isFirstWhole && this.#hasFrameData);
    // What acTL announces is only a promise. What is not played is the still, and its plain answer has no other frames.
    const shown = this.#isBroken || !isPlaced ? 1 : Math.max(1, this.#frames);
    const isApart = this.#isApart && !this.#isBroken && isPlaced;
    return { ...facts, frames: shown, animated: shown > 1, ...(isApart ? { apart: true } : {}) };
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
  const isIntact = viewOf(chunk).getUint32(headBytes + headerBytes) === crc32(chunk.subarray(4, -crcBytes));
  // With a checksum that is wrong browsers show nothing.
  if (!isHeader || !pixel || !isIntact) throw new Damage("its header is broken");
  return { ...plainStill, ...pixel, format: "png", width, height, bitDepth, progressive: interlaced };
}
