// PNG in: a zlib stream from the host, rows of RGBA out, top to bottom.
//
//   pngInBegin, pngInPalette / pngInTransparency where the file has them
//   push the stream's bytes to inflate/, then pngInInflate(): it stops when there are rows to work off, whatever the stream unfolds to
//   pngInStep() until it says OK (inflate more) or DONE; at every OUTPUT a row lies at pngInRow()
//
// Interlaced files give their rows only after the last pass, so the whole picture is held (Adam7,
// section 8.2); the memory limit decides whether it may be.

import { alloc, allocZeroed } from "../memory";
import { inflateInto, inflateStep, inflateWaits } from "../inflate/index";
import { unfilter } from "./filters";
import { channelsOf, expandRow, isRgba, openPixels, setPalette, setTransparency } from "./pixels";
import { DAMAGED, DONE, MISUSED, OK, OUTPUT, TOO_LARGE } from "../status";

/** Fresh bytes that fit behind an incomplete row. */
const BATCH: usize = 64 << 10;
const ROOM_BEHIND: usize = 32;
const MOST_ROW_BYTES: u64 = 1 << 28;

// Adam7's passes 1..7: first column and row, steps between columns and rows.
const PASS_X = memory.data<u8>([0, 4, 0, 2, 0, 1, 0]);
const PASS_Y = memory.data<u8>([0, 0, 4, 0, 2, 0, 1]);
const PASS_DX = memory.data<u8>([8, 8, 4, 4, 2, 2, 1]);
const PASS_DY = memory.data<u8>([8, 8, 8, 4, 4, 2, 2]);

let open: bool = false;
let width: i32 = 0, height: i32 = 0;
let bitsPerPixel: i32 = 0;
let interlaced: bool = false;
/** Of the running pass; the only one of a plain file. */
let pass: i32 = 0, passWidth: i32 = 0, passHeight: i32 = 0;
let rowBytes: usize = 0;
let y: i32 = 0;
/** Rows of the held frame given out. */
let emitted: i32 = 0;

let buffer: usize = 0, capacity: usize = 0, used: usize = 0, filled: usize = 0;
let current: usize = 0, above: usize = 0, expanded: usize = 0, frame: usize = 0, row: usize = 0;

export function pngInBegin(w: i32, h: i32, depth: i32, colourType: i32, isInterlaced: i32): i32 {
  open = false;
  const channels = channelsOf(colourType, depth);
  if (w < 1 || h < 1 || channels == 0) return DAMAGED;
  width = w;
  height = h;
  bitsPerPixel = channels * depth;
  interlaced = isInterlaced != 0;
  if (<u64>w * bitsPerPixel > MOST_ROW_BYTES || <u64>w * <u64>h * 4 > <u64>i32.MAX_VALUE && interlaced) return TOO_LARGE;
  const most = bytesOf(w);
  capacity = most + 1 + BATCH;
  buffer = alloc(capacity + ROOM_BEHIND);
  current = alloc(most + ROOM_BEHIND);
  above = alloc(most + ROOM_BEHIND);
  expanded = alloc(<usize>w * 4 + ROOM_BEHIND);
  frame = interlaced ? allocZeroed(<usize>w * h * 4) : 1;
  if (!buffer || !current || !above || !expanded || !frame) return TOO_LARGE;
  used = 0;
  filled = 0;
  emitted = 0;
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
    if (status == OUTPUT || inflateWaits() > 0 && status >= 0) continue;
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

export function pngInStep(): i32 {
  if (!open) return MISUSED;
  while (true) {
    if (pass == 7) return interlaced ? emitFrameRow() : DONE;
    if (filled - used < rowBytes + 1) return OK;
    const at = buffer + used;
    if (!unfilter(load<u8>(at), at + 1, above, current, rowBytes, max(bitsPerPixel >> 3, 1))) return DAMAGED;
    used += rowBytes + 1;
    row = current;
    if (!isRgba()) {
      expandRow(current, expanded, passWidth);
      row = expanded;
    }
    if (interlaced) scatter();
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
    const dx = <i32>load<u8>(PASS_DX + pass), dy = <i32>load<u8>(PASS_DY + pass);
    passWidth = (width - load<u8>(PASS_X + pass) + dx - 1) / dx;
    passHeight = (height - load<u8>(PASS_Y + pass) + dy - 1) / dy;
    if (passWidth > 0 && passHeight > 0) break;
  }
  // After the last row nothing is above any more, and that buffer may be the row being read.
  if (pass == 7) return;
  rowBytes = bytesOf(passWidth);
  memory.fill(above, 0, rowBytes + ROOM_BEHIND);
}

/** Puts a pass's row where its pixels belong in the frame. */
function scatter(): void {
  const line = <usize>(y * load<u8>(PASS_DY + pass) + load<u8>(PASS_Y + pass));
  const step = <usize>load<u8>(PASS_DX + pass) << 2;
  let to = frame + (line * width + load<u8>(PASS_X + pass)) * 4;
  for (let x = 0; x < passWidth; x++) {
    store<u32>(to, load<u32>(row + (x << 2)));
    to += step;
  }
}

function emitFrameRow(): i32 {
  if (emitted == height) return DONE;
  row = frame + <usize>emitted * width * 4;
  emitted++;
  return OUTPUT;
}
