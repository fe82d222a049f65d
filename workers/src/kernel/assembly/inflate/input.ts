// What inflate reads: fresh bytes as they are pushed, and the bits of them that are at hand.

import { alloc } from "../memory";

const INPUT: usize = 64 << 10;
/** The byte before the next one may have bits that are not used yet, so it is kept in front. */
const BEFORE: usize = 16;
/** Zeros behind the last byte: the bit buffer reads past it, and the end is seen by count. */
const PADDING: usize = 64;

let input: usize = 0;
/** The next byte that is not among the bits, and the end of what was pushed. */
export let readAt: usize = 0;
export let inputEnd: usize = 0;
export let ended: bool = false;
/** Bits not used yet, least significant first. `bitCount` may be more than 56 never. */
export let bits: u64 = 0;
export let bitCount: u32 = 0;

/** False when the memory is not enough. */
export function openInput(): bool {
  input = alloc(BEFORE + INPUT + PADDING) + BEFORE;
  return input > BEFORE;
}

export function startInput(): void {
  inputEnd = input;
  ended = false;
  setInput(input, 0, 0);
}

/** Where fresh bytes go. Moves what is left to the front. */
export function inflateBuffer(): usize {
  if (readAt > input) {
    const left = inputEnd - readAt;
    memory.copy(input - 1, readAt - 1, left + 1);
    readAt = input;
    inputEnd = input + left;
  }
  return inputEnd;
}

export function inflateRoom(): i32 {
  return <i32>(INPUT - (inputEnd - readAt));
}

export function inflatePush(bytes: i32): void {
  if (bytes > 0 && <usize>bytes <= input + INPUT - inputEnd) inputEnd += bytes;
}

/** No byte follows: what is at hand must do. */
export function inflateEnd(): void {
  ended = true;
  const at = inflateBuffer();
  memory.fill(at, 0, PADDING);
}

/** Whether bits were used that the stream does not have. */
export function overrun(): bool {
  return ended && readAt - (bitCount >> 3) > inputEnd;
}

/** For whoever has read on by copies of its own. */
@inline
export function setInput(at: usize, buffer: u64, count: u32): void {
  readAt = at;
  bits = buffer;
  bitCount = count;
}

@inline
export function refill(): void {
  bits |= load<u64>(readAt) << bitCount;
  readAt += (63 - bitCount) >> 3;
  bitCount |= 56;
}

@inline
export function drop(count: u32): void {
  bits >>= count;
  bitCount -= count;
}

/** Whole bytes go back to the input, so that between two steps 0 to 7 bits are all that is not there. */
export function giveBack(): void {
  readAt -= bitCount >> 3;
  bitCount &= 7;
  bits &= (1 << bitCount) - 1;
}
