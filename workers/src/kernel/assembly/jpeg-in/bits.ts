// The entropy-coded bytes, cleaned: FF00 becomes FF, markers end a segment.
//
// The clean buffer is filled BACKWARDS, from `bufferTop` down. Then an unaligned 64-bit load just below
// the read position has the next byte of the stream as its most significant one: a refill of the bit
// buffer is one load, with no byte swap and no look for FF.
//
//   bufferStart ... writePointer [ stream bytes, last ... next ] readPointer + 8 ... bufferTop

import { alloc } from "../memory";

const CAPACITY: usize = 32768;
/** More than the largest MCU can take: 10 blocks of 64 symbols of at most 31 bits. */
export const MCU_BYTES: usize = 3072;
/** Zeros after the end of a segment, for the block that runs over it. */
const PADDING: usize = 512;

let bufferStart: usize = 0;
let bufferTop: usize = 0;

export let writePointer: usize = 0;
/** The next 64-bit load. */
export let readPointer: usize = 0;
/** Bits not yet used, most significant first, and how many of them count. */
export let bitBuffer: u64 = 0;
export let bitCount: i32 = 0;

/** True once a marker (or the end of the input) was met: no more clean bytes will follow. */
export let segmentEnded: bool = false;
/** The marker that ended the segment; 0 for the end of the input. */
export let segmentMarker: i32 = 0;

/** Set when the raw bytes end in FF, whose meaning the next byte decides. */
let pendingFF: bool = false;

/** Raw bytes: what the host pushed and nobody has read. */
export let rawAt: usize = 0;
export let rawEnd: usize = 0;

export function setRaw(at: usize, end: usize): void {
  rawAt = at;
  rawEnd = end;
}

export function skipRaw(bytes: usize): void {
  rawAt += bytes;
}

export function allocBits(): bool {
  const buffer = alloc(CAPACITY + 64);
  bufferStart = buffer + 32;
  bufferTop = bufferStart + CAPACITY;
  return buffer != 0;
}

/** Begins a segment: after SOS or RSTn. */
export function startSegment(): void {
  forgetBits();
  segmentEnded = false;
  segmentMarker = 0;
  pendingFF = false;
}

/** Drops the clean bytes at hand. */
export function forgetBits(): void {
  writePointer = bufferTop;
  readPointer = bufferTop - 8;
  bitBuffer = 0;
  bitCount = 0;
}

export function saveBits(buffer: u64, count: i32, pointer: usize): void {
  bitBuffer = buffer;
  bitCount = count;
  readPointer = pointer;
}

/** Whether decoding may go on: an MCU's worth is at hand, or all that will ever come. */
export function mcuAtHand(): bool {
  return segmentEnded || readPointer >= writePointer + MCU_BYTES;
}

/** Whether more was read than there was. */
export function overrun(): bool {
  return segmentEnded && readPointer + 8 + (bitCount >> 3) < writePointer;
}

/** The input is over: what is at hand is all. */
export function endSegment(marker: i32): void {
  segmentEnded = true;
  segmentMarker = marker;
  compact();
  memory.fill(writePointer - PADDING, 0, PADDING);
}

/** Moves the unread bytes to the top, to make room below. */
function compact(): void {
  const end = readPointer + 8;
  if (end <= writePointer) {
    // Nothing unread, or past the end: keep the distance, it tells the overrun.
    const past = writePointer - end;
    writePointer = bufferTop;
    readPointer = bufferTop - 8 - past;
    return;
  }
  const length = end - writePointer;
  memory.copy(bufferTop - length, writePointer, length);
  writePointer = bufferTop - length;
  readPointer = bufferTop - 8;
}

/** Cleans raw bytes until the buffer is full, the raw bytes are used up, or a marker ends the segment. */
export function fillBits(): void {
  if (segmentEnded || readPointer >= writePointer + CAPACITY / 2) return;
  compact();
  let to = writePointer;
  let at = rawAt;
  const end = rawEnd;
  const floor = bufferStart + PADDING + 16;
  while (pendingFF && at < end) {
    const next = load<u8>(at++);
    if (next == 0xff) continue;
    pendingFF = false;
    if (next == 0) {
      store<u8>(--to, 0xff);
    } else {
      rawAt = at;
      return endSegment(next);
    }
  }
  while (to >= floor) {
    if (at + 16 <= end) {
      const block = v128.load(at);
      const stuffed = i8x16.bitmask(i8x16.eq(block, i8x16.splat(-1)));
      to -= 16;
      v128.store(to, i8x16.shuffle(block, block, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
      if (stuffed == 0) {
        at += 16;
        continue;
      }
      const plain = ctz(stuffed);
      to += 16 - plain;
      at += plain;
    } else {
      if (at == end) break;
      if (load<u8>(at) != 0xff) {
        store<u8>(--to, load<u8>(at++));
        continue;
      }
    }
    // An FF at `at`: what follows it decides.
    while (++at < end && load<u8>(at) == 0xff) {}
    if (at == end) {
      pendingFF = true;
      break;
    }
    const next = load<u8>(at++);
    if (next != 0) {
      rawAt = at;
      writePointer = to;
      return endSegment(next);
    }
    store<u8>(--to, 0xff);
  }
  rawAt = at;
  writePointer = to;
}
