// Unpacks a frame that sticks out of its canvas: what is outside is read and forgotten, so memory follows the canvas and not the
// frame's claim (the attack: a screen of 64 x 64 with a frame of 12200 x 12200).
import type { LzwEnd, Unpacked } from "./lzw-in.ts";

export interface FrameWindow {
  readonly frameWidth: number;
  readonly frameHeight: number;
  /** Columns that lie on the canvas. */
  readonly columns: number;
  /** Where in `target` a stored row begins; -1 where the row lies outside. */
  readonly place: (storedRow: number) => number;
  readonly target: Uint32Array;
  /** By index; 0 leaves what is there. */
  readonly colours: Uint32Array;
}

const MAX_CODES = 4096;
// Strings are kept as chains, last index first: unlike in lzw-in.ts there is no place where what was written could be found again.
const prefixes = new Uint16Array(MAX_CODES);
const suffixes = new Uint8Array(MAX_CODES);
const firsts = new Uint8Array(MAX_CODES);
const lengths = new Uint16Array(MAX_CODES);
const string = new Uint8Array(MAX_CODES + 1);

/** Work is bounded by the codes' bits plus the frame's pixels. */
export function drawWindow(
  bytes: Uint8Array,
  from: number,
  minimumCodeSize: number,
  window: FrameWindow,
): Unpacked {
  const { frameWidth, frameHeight, columns, place, target, colours } = window;
  const clear = 1 << minimumCodeSize;
  for (let code = 0; code < clear; code++) {
    firsts[code] = suffixes[code] = code;
    lengths[code] = 1;
  }
  let [at, left, bits, bitCount] = [from, 0, 0, 0];
  let size = minimumCodeSize + 1;
  let next = clear + 2;
  let previous = -1;
  let [row, column] = [0, 0];
  let start = place(0);
  const ended = (end: LzwEnd) => ({ end, written: row * frameWidth + column });
  while (row < frameHeight) {
    while (bitCount < size) {
      if (left === 0) {
        const length = bytes[at++] ?? 0;
        left = Math.min(length, bytes.length - at);
        if (left <= 0) return ended("ran-out");
      }
      bits |= (bytes[at++] ?? 0) << bitCount;
      bitCount += 8;
      left--;
    }
    const code = bits & ((1 << size) - 1);
    bits >>>= size;
    bitCount -= size;
    if (code === clear) {
      size = minimumCodeSize + 1;
      next = clear + 2;
      previous = -1;
      continue;
    }
    if (code === clear + 1) return ended("stopped");
    if (code > next || (code > clear && previous < 0)) return ended("garbage");

    if (previous >= 0 && next < MAX_CODES) {
      prefixes[next] = previous;
      // The code that is only now being defined repeats the previous string and its first index.
      suffixes[next] = firsts[code === next ? previous : code] ?? 0;
      firsts[next] = firsts[previous] ?? 0;
      lengths[next] = (lengths[previous] ?? 0) + 1;
      next++;
      if (next === 1 << size && size < 12) size++;
    } else if (code === next) return ended("garbage");
    previous = code;

    const length = lengths[code] ?? 0;
    for (let place = length - 1, link = code; place >= 0; place--) {
      string[place] = suffixes[link] ?? 0;
      link = prefixes[link] ?? 0;
    }
    for (let index = 0; index < length; index++) {
      if (start >= 0 && column < columns) {
        const colour = colours[string[index] ?? 0] ?? 0;
        if (colour !== 0) target[start + column] = colour;
      }
      if (++column < frameWidth) continue;
      column = 0;
      row++;
      start = row < frameHeight ? place(row) : -1;
    }
  }
  return ended("full");
}
