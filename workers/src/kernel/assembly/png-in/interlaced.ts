// Adam7 (PNG 3rd edition, section 8.2): seven passes, each over the whole picture, so that rows are there only after the last.
//
// At full size all pixels are held. Where a smaller picture is wanted they are added up as they come, in cells of 2x2 to 16x16 pixels: a cell's
// mean needs all of its pixels, in no order, and the picture is never there in full. A cell is four sums of 16 bits in one u64.
// Of a file that breaks off what has come is spread over what has not, as browsers show it.

import { alloc, allocZeroed } from "../memory";

// The passes 1..7: first column and row, steps between columns and rows.
const PASS_X = memory.data<u8>([0, 4, 0, 2, 0, 1, 0]);
const PASS_Y = memory.data<u8>([0, 0, 4, 0, 2, 0, 1]);
const PASS_DX = memory.data<u8>([8, 8, 4, 4, 2, 2, 1]);
const PASS_DY = memory.data<u8>([8, 8, 8, 4, 4, 2, 2]);

/** Of sums of 16 bits: 16 * 16 * 255 is the most that fits. */
export const MOST_SHIFT: i32 = 4;

let width: i32 = 0, height: i32 = 0;
/** A cell has 1 << shift pixels along a side. */
let shift: i32 = 0;
let cellsWide: i32 = 0, cellsHigh: i32 = 0;
let isOpaque: bool = false;
let cells: usize = 0;
/** Of a broken file: the pixels that have come, by cell of a row; and the row given out before. */
let counts: usize = 0, before: usize = 0;

/** Where the file breaks off: so many passes, and rows of the next. */
let cutPass: i32 = 7, cutRow: i32 = 0;

export function passWidthOf(pass: i32): i32 {
  const dx = <i32>load<u8>(PASS_DX + pass);
  return (width - load<u8>(PASS_X + pass) + dx - 1) / dx;
}

export function passHeightOf(pass: i32): i32 {
  const dy = <i32>load<u8>(PASS_DY + pass);
  return (height - load<u8>(PASS_Y + pass) + dy - 1) / dy;
}

/** Takes the memory for a picture of this size; false when there is not enough. */
export function openInterlaced(w: i32, h: i32, cellShift: i32): bool {
  width = w;
  height = h;
  shift = cellShift;
  cellsWide = (w + (1 << shift) - 1) >> shift;
  cellsHigh = (h + (1 << shift) - 1) >> shift;
  cutPass = 7;
  cutRow = 0;
  const bytes = (<u64>cellsWide * cellsHigh) << (shift == 0 ? 2 : 3);
  if (bytes > <u64>i32.MAX_VALUE) return false;
  cells = allocZeroed(<usize>bytes);
  counts = alloc(<usize>cellsWide * 2);
  before = alloc(<usize>cellsWide * 4);
  return cells != 0 && counts != 0 && before != 0;
}

/** Whether every pixel is opaque, once palette and transparency are known. */
export function tellOpaque(opaque: bool): void {
  isOpaque = opaque;
}

/** The rows to give out. */
export function interlacedRows(): i32 {
  return cellsHigh;
}

/** Takes row `y` of a pass, as RGBA. */
export function takePassRow(pass: i32, y: i32, row: usize): void {
  const line = y * load<u8>(PASS_DY + pass) + load<u8>(PASS_Y + pass);
  const count = passWidthOf(pass);
  if (shift == 0) scatter(pass, line, row, count);
  else if (isOpaque) addOpaque(pass, line, row, count);
  else addClear(pass, line, row, count);
}

function scatter(pass: i32, line: i32, row: usize, count: i32): void {
  const step = <usize>load<u8>(PASS_DX + pass) << 2;
  let to = cells + (<usize>line * width + load<u8>(PASS_X + pass)) * 4;
  for (let x = 0; x < count; x++) {
    store<u32>(to, load<u32>(row + (x << 2)));
    to += step;
  }
}

/** Four bytes as four lanes of 16 bits. */
// @ts-ignore: decorator
@inline
function spread(at: usize): u64 {
  return i64x2.extract_lane(i16x8.extend_low_i8x16_u(v128.load32_zero(at)), 0);
}

function addOpaque(pass: i32, line: i32, row: usize, count: i32): void {
  const dx = <i32>load<u8>(PASS_DX + pass);
  const base = cells + ((<usize>(line >> shift) * cellsWide) << 3);
  for (let i = 0, x = <i32>load<u8>(PASS_X + pass); i < count; i++, x += dx) {
    const cell = base + (<usize>(x >> shift) << 3);
    store<u64>(cell, load<u64>(cell) + spread(row + (i << 2)));
  }
}

/** Colour counts by its alpha: what can't be seen must not bleed. */
function addClear(pass: i32, line: i32, row: usize, count: i32): void {
  const dx = <i32>load<u8>(PASS_DX + pass);
  const base = cells + ((<usize>(line >> shift) * cellsWide) << 3);
  for (let i = 0, x = <i32>load<u8>(PASS_X + pass); i < count; i++, x += dx) {
    const at = row + (i << 2);
    const alpha = <u32>load<u8>(at, 3);
    if (alpha == 0) continue;
    const cell = base + (<usize>(x >> shift) << 3);
    let lanes = spread(at);
    if (alpha < 255) {
      const red = (<u32>load<u8>(at) * alpha + 127) / 255;
      const green = (<u32>load<u8>(at, 1) * alpha + 127) / 255;
      const blue = (<u32>load<u8>(at, 2) * alpha + 127) / 255;
      lanes = <u64>red | (<u64>green << 16) | (<u64>blue << 32) | (<u64>alpha << 48);
    }
    store<u64>(cell, load<u64>(cell) + lanes);
  }
}

/** The file ends within a pass, behind so many of its rows. */
export function breakOff(pass: i32, rows: i32): void {
  cutPass = pass;
  cutRow = rows;
}

/** Row `y` of what is given out, as RGBA at the answer. `blank` is the pixel where nothing has come. */
export function interlacedRow(y: i32, out: usize, blank: u32): usize {
  if (cutPass < 7) return spreadRow(y, out, blank);
  if (shift == 0) return cells + <usize>y * width * 4;
  for (let x = 0; x < cellsWide; x++) {
    store<u32>(out + (x << 2), meanOf(x, y, min(1 << shift, width - (x << shift)) * min(1 << shift, height - (y << shift))));
  }
  return out;
}

/** The mean of a cell of `count` pixels. */
function meanOf(x: i32, y: i32, count: i32): u32 {
  const at = cells + ((<usize>y * cellsWide + x) << 3);
  const red = <u32>load<u16>(at), green = <u32>load<u16>(at, 2), blue = <u32>load<u16>(at, 4), alpha = <u32>load<u16>(at, 6);
  if (alpha == 0) return 0;
  const whole = <u32>count;
  const half = whole >> 1;
  if (alpha == 255 * whole)
    return 0xff000000 | ((red + half) / whole) | (((green + half) / whole) << 8) | (((blue + half) / whole) << 16);
  // 16 * 16 * 255 * 255 fits.
  const part = alpha >> 1;
  const r = min<u32>(255, (red * 255 + part) / alpha);
  const g = min<u32>(255, (green * 255 + part) / alpha);
  const b = min<u32>(255, (blue * 255 + part) / alpha);
  return r | (g << 8) | (b << 16) | (((alpha + half) / whole) << 24);
}

/** Whether a row of a pass has come. */
// @ts-ignore: decorator
@inline
function hasCome(pass: i32, row: i32): bool {
  return pass < cutPass || (pass == cutPass && row < cutRow);
}

/** What is missing is what stands to its left, or above. */
function spreadRow(y: i32, out: usize, blank: u32): usize {
  const has = countRow(y);
  const isReached = cutPass > 0 || y << shift < cutRow << 3;
  for (let x = 0; x < cellsWide; x++) {
    let pixel = blank;
    const count = <i32>load<u16>(counts + (x << 1));
    if (count > 0) pixel = shift == 0 ? load<u32>(cells + (<usize>y * width + x) * 4) : meanOf(x, y, count);
    else if (has && x > 0) pixel = load<u32>(out + ((x - 1) << 2));
    else if (isReached && y > 0) pixel = load<u32>(before + (x << 2));
    store<u32>(out + (x << 2), pixel);
  }
  memory.copy(before, out, <usize>cellsWide * 4);
  return out;
}

/** Counts what has come by cell; whether anything has. */
function countRow(y: i32): bool {
  memory.fill(counts, 0, <usize>cellsWide * 2);
  let has = false;
  const end = min((y + 1) << shift, height);
  for (let pass = 0; pass <= min(cutPass, 6); pass++) {
    const dy = <i32>load<u8>(PASS_DY + pass), from = <i32>load<u8>(PASS_Y + pass);
    const dx = <i32>load<u8>(PASS_DX + pass);
    for (let line = y << shift; line < end; line++) {
      if (line < from || (line - from) % dy != 0 || !hasCome(pass, (line - from) / dy)) continue;
      for (let x = <i32>load<u8>(PASS_X + pass); x < width; x += dx) {
        const at = counts + (<usize>(x >> shift) << 1);
        store<u16>(at, load<u16>(at) + 1);
        has = true;
      }
    }
  }
  return has;
}
