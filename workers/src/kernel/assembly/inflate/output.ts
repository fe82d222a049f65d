// What inflate makes: fresh bytes behind the 32 KB that matches may reach back to.

import { alloc } from "../memory";

const HISTORY: usize = 32 << 10;
const FRESH: usize = 64 << 10;
/** A match runs over the end by its length, and is copied by vectors. */
const OVERRUN: usize = 258 + 64;

let output: usize = 0, takenTo: usize = 0;
/** The next byte, and the first that a match may reach back to. */
export let writeAt: usize = 0;
export let oldest: usize = 0;
/** In this stream. */
export let made: u64 = 0;

/** False when the memory is not enough. */
export function openOutput(): bool {
  output = alloc(HISTORY + FRESH + OVERRUN);
  return output > 0;
}

export function startOutput(): void {
  writeAt = output + HISTORY;
  takenTo = writeAt;
  oldest = writeAt;
  made = 0;
}

/** Where the room ends. */
export function outputEnd(): usize {
  return output + HISTORY + FRESH;
}

/** Bytes have been written up to here. */
export function setOutput(to: usize): void {
  made += to - writeAt;
  writeAt = to;
}

export function inflateBytes(): usize {
  return takenTo;
}

/** How many bytes lie there; they are the caller's until the next step. */
export function inflateTake(): i32 {
  const length = writeAt - takenTo;
  takenTo = writeAt;
  return <i32>length;
}

/** Bytes that are made and not taken. */
export function inflateWaits(): usize {
  return writeAt - takenTo;
}

/** Takes what fits into `room` bytes at `to`; answers how many. */
export function inflateInto(to: usize, room: usize): usize {
  const length = min(room, inflateWaits());
  memory.copy(to, takenTo, length);
  takenTo += length;
  return length;
}

/** Keeps what matches may reach back to. */
export function slide(): void {
  if (takenTo < writeAt || writeAt == output + HISTORY) return;
  const kept = min(writeAt - oldest, HISTORY);
  memory.copy(output + HISTORY - kept, writeAt - kept, kept);
  writeAt = output + HISTORY;
  takenTo = writeAt;
  oldest = writeAt - kept;
}
