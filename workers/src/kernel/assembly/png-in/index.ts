// PNG in: a zlib stream from the host, rows of RGBA out, top to bottom.
//
//   pngInBegin, pngInPalette / pngInTransparency where the file has them
//   push the stream's bytes to inflate/, then pngInInflate(): it stops when there are rows to work off, whatever the stream unfolds to
//   pngInStep() until it says OK (inflate more) or DONE; at every OUTPUT a row lies at pngInRow()
//
// Interlaced files give their rows only after the last pass (interlaced.ts); the memory limit decides whether what is held may be.
// pngInCut() where a file breaks off: rows go on to the picture's end, clear or black where nothing has come.

import { alloc } from "../memory";
import { inflateInto, inflateStep, inflateWaits } from "../inflate/index";
import { unfilter } from "./filters";
import {
  breakOff, interlacedRow, interlacedRows, MOST_SHIFT, openInterlaced, passHeightOf, passWidthOf, takePassRow, tellOpaque,
} from "./interlaced";
import { channelsOf, expandRow, isRgba, mayBeTransparent, openPixels, setPalette, setTransparency } from "./pixels";
import { DAMAGED, DONE, MISUSED, OK, OUTPUT, TOO_LARGE } from "../status";

/** Fresh bytes that fit behind an incomplete row. */
const BATCH: usize = 64 << 10;
const ROOM_BEHIND: usize = 32;
const MOST_ROW_BYTES: u64 = 1 << 28;

let open: bool = false;
let width: i32 = 0, height: i32 = 0;
let bitsPerPixel: i32 = 0;
let interlaced: bool = false;
/** Of the running pass; the only one of a plain file. */
let pass: i32 = 0, passWidth: i32 = 0, passHeight: i32 = 0;
let rowBytes: usize = 0;
let y: i32 = 0;
/** Rows given out of an interlaced picture, or of what is missing. */
let emitted: i32 = 0;
/** The file breaks off. */
let isCut: bool = false;
let shift: i32 = 0;

let buffer: usize = 0, capacity: usize = 0, used: usize = 0, filled: usize = 0;
let current: usize = 0, above: usize = 0, expanded: usize = 0, row: usize = 0;

/** An interlaced picture comes out `1 << reduction` times smaller, up to 16 times; another one as it is. */
export function pngInBegin(w: i32, h: i32, depth: i32, colourType: i32, isInterlaced: i32, reduction: i32): i32 {
  open = false;
  const channels = channelsOf(colourType, depth);
  if (w < 1 || h < 1 || channels == 0) return DAMAGED;
  width = w;
  height = h;
  bitsPerPixel = channels * depth;
  interlaced = isInterlaced != 0;
  shift = interlaced ? min(max(reduction, 0), MOST_SHIFT) : 0;
  if (<u64>w * bitsPerPixel > MOST_ROW_BYTES) return TOO_LARGE;
  const most = bytesOf(w);
  capacity = most + 1 + BATCH;
  buffer = alloc(capacity + ROOM_BEHIND);
  current = alloc(most + ROOM_BEHIND);
  above = alloc(most + ROOM_BEHIND);
  expanded = alloc(<usize>w * 4 + ROOM_BEHIND);
  if (!buffer || !current || !above || !expanded) return TOO_LARGE;
  if (interlaced && !openInterlaced(w, h, shift)) return TOO_LARGE;
  used = 0;
  filled = 0;
  emitted = 0;
  isCut = false;
  openPixels(colourType, depth);
  startPass(0);
  open = true;
  return OK;
}

export function pngInPalette(at: usize, count: i32): i32 {
  return open ? setPalette(at, count) : MISUSED;
}

export function pngInTransparency(at: usize, length: i32): i32 {
  return open ? setTransparency(at, length) : MISUSED;
}

/** Inflates until the buffer is full (OUTPUT), the stream wants more bytes (OK) or has ended (DONE). */
export function pngInInflate(): i32 {
  if (!open) return MISUSED;
  moveRest();
  while (true) {
    filled += inflateInto(buffer + filled, capacity - filled);
    if (inflateWaits() > 0) return OUTPUT;
    const status = inflateStep();
    // Of a broken stream what came before counts.
    if (status == OUTPUT || inflateWaits() > 0) continue;
    return status;
  }
}

/** An unfinished row goes to the front. */
function moveRest(): void {
  memory.copy(buffer, buffer + used, filled - used);
  filled -= used;
  used = 0;
}

/** The row that the last step made; until the next step. */
export function pngInRow(): usize {
  return row;
}

/** Of what was inflated, bytes that are no row's yet; behind the last one they are nobody's. */
export function pngInRest(): i32 {
  return <i32>(filled - used + inflateWaits());
}

/** How many times smaller the rows are: 1 << this. */
export function pngInShift(): i32 {
  return shift;
}

/** No more rows can be read, and the picture ends here. DAMAGED: there is not even one. */
export function pngInCut(): i32 {
  if (!open) return MISUSED;
  if (pass == 0 && y == 0) return DAMAGED;
  if (isCut || pass == 7) return OK;
  isCut = true;
  if (interlaced) breakOff(pass, y);
  else emitted = y;
  return OK;
}

export function pngInStep(): i32 {
  if (!open) return MISUSED;
  while (true) {
    if (isCut || pass == 7 && interlaced) return emitHeldRow();
    if (pass == 7) return DONE;
    if (filled - used < rowBytes + 1) return OK;
    const at = buffer + used;
    if (!unfilter(load<u8>(at), at + 1, above, current, rowBytes, max(bitsPerPixel >> 3, 1))) return DAMAGED;
    used += rowBytes + 1;
    row = current;
    if (!isRgba()) {
      expandRow(current, expanded, passWidth);
      row = expanded;
    }
    if (interlaced) {
      if (pass == 0 && y == 0) tellOpaque(!mayBeTransparent());
      takePassRow(pass, y, row);
    }
    const finished = current;
    current = above;
    above = finished;
    if (++y == passHeight) startPass(pass + 1);
    if (!interlaced) return OUTPUT;
  }
}

function bytesOf(pixels: i32): usize {
  return <usize>((<u64>pixels * bitsPerPixel + 7) >> 3);
}

/** The next pass that has any pixels (section 8.2: narrow pictures skip some); 7 after the last. */
function startPass(from: i32): void {
  y = 0;
  pass = interlaced || from == 0 ? from : 7;
  passWidth = width;
  passHeight = height;
  for (; interlaced && pass < 7; pass++) {
    passWidth = passWidthOf(pass);
    passHeight = passHeightOf(pass);
    if (passWidth > 0 && passHeight > 0) break;
  }
  // After the last row nothing is above any more, and that buffer may be the row being read.
  if (pass == 7) return;
  rowBytes = bytesOf(passWidth);
  memory.fill(above, 0, rowBytes + ROOM_BEHIND);
}

/** Of an interlaced picture, or what is missing of another one. */
function emitHeldRow(): i32 {
  const rows = interlaced ? interlacedRows() : height;
  if (emitted == rows) return DONE;
  const blank: u32 = mayBeTransparent() ? 0 : 0xff000000;
  if (interlaced) row = interlacedRow(emitted, expanded, blank);
  else {
    if (emitted == y) for (let x = 0; x < width; x++) store<u32>(expanded + (<usize>x << 2), blank);
    row = expanded;
  }
  emitted++;
  return OUTPUT;
}
