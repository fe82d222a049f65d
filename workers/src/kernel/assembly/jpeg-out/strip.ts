// The rows between two rows of blocks: planes of 8 or 16 rows, padded to whole MCUs on all sides.

import { alloc } from "../memory";
import { halveRows, rowToLuma, rowToYcc } from "./colour";

let width: i32 = 0;
/** Sampling: 2 where chroma has half the size in both directions, else 1. */
let halving: i32 = 1;
let components: i32 = 3;
/** Width of luma and chroma padded to whole MCUs, and bytes from row to row. */
let paddedWidth: i32 = 0;
let stride: usize = 0;
/** Full-size chroma of two rows, before halving: Cb, Cr, Cb, Cr. */
let fullChroma: usize = 0;
const planes = memory.data(3 * 4, 4);
const filled = memory.data(3 * 4, 4);

/** False: no memory. */
export function openStrip(pictureWidth: i32, count: i32, sampling: i32): bool {
  width = pictureWidth;
  components = count;
  halving = sampling;
  const mcu = 8 * halving;
  paddedWidth = (width + mcu - 1) / mcu * mcu;
  // Colour conversion writes whole vectors.
  stride = (<usize>paddedWidth + 31) & ~15;
  for (let c = 0; c < components; c++) {
    const plane = alloc(stride * (c == 0 ? mcu : 8));
    if (plane == 0) return false;
    store<u32>(planes + (c << 2), <u32>plane);
  }
  if (halving == 2) {
    fullChroma = alloc(stride * 4);
    if (fullChroma == 0) return false;
  }
  emptyStrip();
  return true;
}

export function emptyStrip(): void {
  memory.fill(filled, 0, 12);
}

export function stripStride(): usize {
  return stride;
}

@inline
export function plane(component: i32): usize {
  return <usize>load<u32>(planes + (component << 2));
}

export function filledRows(component: i32): i32 {
  return load<i32>(filled + (component << 2));
}

/** Where the next row of a component belongs. */
export function nextRow(component: i32): usize {
  return plane(component) + <usize>filledRows(component) * stride;
}

/** The row at nextRow() has been written. */
export function rowFilled(component: i32): void {
  const halved = component > 0 && halving == 2;
  padRight(nextRow(component), halved ? (width + 1) >> 1 : width, halved ? paddedWidth >> 1 : paddedWidth);
  store<i32>(filled + (component << 2), filledRows(component) + 1);
}

/** Converts a row of RGBA; of 4:2:0 the chroma waits for the second row of a pair. */
export function fillFromRgba(rgba: usize, last: bool): void {
  const y = nextRow(0);
  if (components == 1) {
    rowToLuma(rgba, width, y);
    rowFilled(0);
    return;
  }
  if (halving == 1) {
    rowToYcc(rgba, width, y, nextRow(1), nextRow(2));
    for (let c = 0; c < 3; c++) rowFilled(c);
    return;
  }
  const isSecond = (filledRows(0) & 1) == 1;
  const cb = fullChroma + (isSecond ? 2 * stride : 0);
  rowToYcc(rgba, width, y, cb, cb + stride);
  padRight(cb, width, paddedWidth);
  padRight(cb + stride, width, paddedWidth);
  rowFilled(0);
  if (!isSecond && !last) return;
  for (let c = 0; c < 2; c++) {
    const upper = fullChroma + <usize>c * stride;
    // The last row of an odd height stands for both.
    halveRows(upper, isSecond ? upper + 2 * stride : upper, nextRow(c + 1), paddedWidth >> 1);
    store<i32>(filled + ((c + 1) << 2), filledRows(c + 1) + 1);
  }
}

/** At the bottom of the picture: the last row is repeated to fill the strip. */
export function padBottom(): void {
  for (let c = 0; c < components; c++) {
    const rows = c == 0 ? 8 * halving : 8;
    for (let n = max(filledRows(c), 1); n < rows; n++) {
      const to = plane(c) + <usize>n * stride;
      memory.copy(to, to - stride, stride);
    }
  }
}

function padRight(row: usize, from: i32, to: i32): void {
  if (to > from) memory.fill(row + from, load<u8>(row + from - 1), to - from);
}
