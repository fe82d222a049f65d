// The resize of one plane: source rows go in one by one, output rows come out when theirs are there.
//
// Rows wait in a ring just large enough for the filter and for what the decoder delivers at once.
// Only the columns of the crop window are copied; rows above and below it are passed over.

import { alloc } from "../memory";
import { Axis, fillAxis } from "./axis";
import { doubleAlong, refineRow, sumAlong, sumAlongFine, sumFineRows, sumRows } from "./rows";
import { OK, TOO_LARGE } from "../status";

@unmanaged
export class PlaneResize {
  across: Axis;
  down: Axis;
  /** Rows are i16 with a fraction (see rows.ts), not u8, coming in and going out. */
  fine: bool;
  columns: i32;
  /** Of source rows: the next one expected, and the next one wanted by an output. */
  fed: i32;
  next: i32;
  ring: usize;
  ringRows: i32;
  ringStride: i32;
  /** A row between the passes, with room for a sample before it. */
  between: usize;
  /** Addresses of the source rows of an output row. */
  rows: usize;
}

const MAX_PLANES: i32 = 4;
const planes = memory.data(MAX_PLANES * offsetof<PlaneResize>());
const axes = memory.data(2 * MAX_PLANES * offsetof<Axis>());

// @ts-ignore: decorator
@inline
export function planeResize(index: i32): PlaneResize {
  return changetype<PlaneResize>(planes + <usize>index * offsetof<PlaneResize>());
}

function roundUp(n: i32, to: i32): i32 {
  return ((n + to - 1) / to) * to;
}

/**
 * Prepares plane `index`. The window is in samples of a plane of `width` x `height`; `waiting`
 * is how many rows may have to wait beyond a filter's height: what is fed at once, what other planes lag behind.
 */
export function openPlane(
  index: i32, width: i32, height: i32, x: f64, y: f64, w: f64, h: f64,
  targetWidth: i32, targetHeight: i32, filter: i32, fine: bool, waiting: i32,
  deviationX: f64 = 0, deviationY: f64 = 0,
): i32 {
  const p = planeResize(index);
  p.across = changetype<Axis>(axes + <usize>(2 * index) * offsetof<Axis>());
  p.down = changetype<Axis>(axes + <usize>(2 * index + 1) * offsetof<Axis>());
  if (fillAxis(p.across, width, x, w, targetWidth, filter, 8, deviationX) != OK) return TOO_LARGE;
  if (fillAxis(p.down, height, y, h, targetHeight, filter, 2, deviationY) != OK) return TOO_LARGE;
  p.fine = fine;
  p.columns = p.across.high - p.across.low;
  p.fed = 0;
  p.next = 0;
  // The weights of padding are 0, but what they meet must be there: room for a filter's width.
  p.ringStride = roundUp((p.columns + 16) << (fine ? 1 : 0), 16);
  p.ringRows = p.down.taps + waiting + 2;
  p.ring = alloc(<usize>p.ringStride * p.ringRows);
  const between = alloc(<usize>(p.columns + p.across.taps + 48) * 2);
  p.between = between + 32;
  p.rows = alloc(<usize>p.down.taps * 4 + 8);
  if (p.ring == 0 || between == 0 || p.rows == 0) return TOO_LARGE;
  memory.fill(between, 0, <usize>(p.columns + p.across.taps + 48) * 2);
  // Inputs count from the window's left from here on.
  for (let i = 0; i < targetWidth; i++) {
    const at = p.across.starts + i * 4;
    store<i32>(at, load<i32>(at) - p.across.low);
  }
  return OK;
}

// @ts-ignore: decorator
@inline
function ringRow(p: PlaneResize, y: i32): usize {
  return p.ring + <usize>(y % p.ringRows) * p.ringStride;
}

/** Takes the next source row, beginning at the plane's left edge. */
export function feedRow(p: PlaneResize, from: usize): void {
  const y = p.fed++;
  if (y < p.down.low || y >= p.down.high) return;
  const shift = p.fine ? 1 : 0;
  memory.copy(ringRow(p, y), from + (p.across.low << shift), p.columns << shift);
}

/** Whether the next output row has all its source rows. */
export function rowReady(p: PlaneResize): bool {
  if (p.next >= p.down.count) return false;
  return p.fed >= min(p.down.high, load<i32>(p.down.starts + p.next * 4) + p.down.taps);
}

/** Makes the next output row at `to`; up to 16 samples of padding are written behind it. */
export function produceRow(p: PlaneResize, to: usize): void {
  const down = p.down;
  const across = p.across;
  const row = p.next++;
  const start = load<i32>(down.starts + row * 4);
  if (down.identity && across.identity) {
    memory.copy(to, ringRow(p, down.low + row), p.columns << (p.fine ? 1 : 0));
    return;
  }
  if (down.identity && !p.fine) {
    refineRow(ringRow(p, down.low + row), p.columns, p.between);
  } else {
    for (let t = 0; t < down.taps; t++) {
      // Behind the last row weights are 0: any row will do.
      store<u32>(p.rows + (t << 2), <u32>ringRow(p, min(start + t, down.high - 1)));
    }
    const weights = down.weights + <usize>(row * down.taps) * 2;
    if (p.fine) sumFineRows(p.rows, weights, down.taps >> 1, p.columns, p.between);
    else sumRows(p.rows, weights, down.taps >> 1, p.columns, p.between);
  }
  if (p.fine) sumAlongFine(p.between, across.starts, across.weights, across.taps, across.count, to);
  else if (across.doubling) doubleAlong(p.between, p.columns, to);
  else sumAlong(p.between, across.starts, across.weights, across.taps, across.count, to);
}
