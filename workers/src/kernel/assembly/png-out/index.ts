// PNG out: RGBA rows in, filtered rows out, for the host to deflate and put into chunks.
//
//   pngOutBegin; pngOutRow for every row; at every OUTPUT take bytes and call pngOutPump() until it says
//   OK (more rows) or DONE. Type, depth and palette are decided when the first OUTPUT or DONE is said.
//
// A picture that fits `holdBytes` waits until it is whole and gets the smallest type that shows it
// exactly. A larger one streams in the type that the caller knows to be right.

import { alloc } from "../memory";
import { filterRow, openFilters, ROOM_BEFORE, ROOM_BEHIND } from "./filters";
import {
  depthOf, learnRow, openReduction, packRow, PALETTE, paletteAt, paletteLength, RGB, RGBA, samplesOf, smallestType,
} from "./reduce";
import { DONE, MISUSED, OK, OUTPUT, TOO_LARGE } from "../status";

const MAX_SIDE = 65535;
const FULL: usize = 64 << 10;

let open: bool = false;
let width: i32 = 0, height: i32 = 0;
let type: i32 = -1, depth: i32 = 8;
let rowBytes: usize = 0;
/** Rows that came, and rows that left filtered. */
let taken: i32 = 0, written: i32 = 0;
/** The held picture, or 0. */
let held: usize = 0;
let current: usize = 0, above: usize = 0;
let start: usize = 0, end: usize = 0;

/** @param isOpaque the caller knows that every alpha is 255 */
export function pngOutBegin(w: i32, h: i32, isOpaque: i32, holdBytes: i32): i32 {
  open = false;
  if (w < 1 || h < 1 || w > MAX_SIDE || h > MAX_SIDE) return MISUSED;
  width = w;
  height = h;
  taken = 0;
  written = 0;
  const most = <usize>w * 4;
  const mayHold = <u64>w * <u64>h * 4 <= <u64>max(holdBytes, 0);
  type = mayHold ? -1 : isOpaque ? RGB : RGBA;
  held = mayHold ? alloc(most * h) : 0;
  current = allocRow(most);
  above = allocRow(most);
  start = alloc(FULL + most + 1 + ROOM_BEHIND);
  end = start;
  if ((mayHold && !held) || !current || !above || !start || !openFilters(most)) return TOO_LARGE;
  openReduction();
  if (!mayHold) choose(type);
  open = true;
  return OK;
}

export function pngOutRow(rgba: usize): i32 {
  if (!open || taken == height || (!held && end - start >= FULL)) return MISUSED;
  taken++;
  if (held) {
    memory.copy(held + <usize>(taken - 1) * width * 4, rgba, <usize>width * 4);
    learnRow(rgba, width);
    if (taken < height) return OK;
    choose(smallestType());
  } else writeRow(rgba);
  return pngOutPump();
}

/** OK: wants rows; OUTPUT: take bytes first; DONE: take the last bytes. */
export function pngOutPump(): i32 {
  if (!open) return MISUSED;
  while (held && taken == height && written < height) {
    if (end - start >= FULL) return OUTPUT;
    writeRow(held + <usize>written * width * 4);
  }
  if (written == height) return DONE;
  return end - start >= FULL ? OUTPUT : OK;
}

export function pngOutBytes(): usize {
  return start;
}

/** How many bytes wait; asking takes them. They stay readable until the next call of the encoder. */
export function pngOutTake(): i32 {
  const n = <i32>(end - start);
  end = start;
  return n;
}

export function pngOutType(): i32 {
  return type;
}

export function pngOutDepth(): i32 {
  return depth;
}

/** RGBA of the palette's colours. */
export function pngOutPalette(): usize {
  return paletteAt();
}

export function pngOutColours(): i32 {
  return type == PALETTE ? paletteLength() : 0;
}

function choose(chosen: i32): void {
  type = chosen;
  depth = depthOf(type);
  rowBytes = (<usize>width * samplesOf(type) * depth + 7) >> 3;
}

function allocRow(bytes: usize): usize {
  const at = alloc(ROOM_BEFORE + bytes + ROOM_BEHIND);
  if (at == 0) return 0;
  memory.fill(at, 0, ROOM_BEFORE + bytes + ROOM_BEHIND);
  return at + ROOM_BEFORE;
}

function writeRow(rgba: usize): void {
  packRow(type, depth, rgba, width, current);
  if (type == PALETTE) {
    // Section 12.7: indices have no neighbourhood that a filter could use.
    store<u8>(end, 0);
    memory.copy(end + 1, current, rowBytes);
  } else filterRow(current, above, rowBytes, samplesOf(type), end);
  end += rowBytes + 1;
  written++;
  const filtered = current;
  current = above;
  above = filtered;
}
