// Where a frame differs from the one before it: only that box is written into the file.
import type { Box } from "../../geometry/pixels.ts";

/** The smallest box that holds every differing pixel; null when the frames are the same. */
export function changedBox(
  before: Uint32Array,
  after: Uint32Array,
  width: number,
  height: number,
): Box | null {
  let top = 0;
  while (top < height && isSameRow(before, after, top * width, width)) top++;
  if (top === height) return null;
  let bottom = height - 1;
  while (isSameRow(before, after, bottom * width, width)) bottom--;
  let left = width;
  let right = 0;
  for (let y = top; y <= bottom; y++) {
    const row = y * width;
    let x = 0;
    while (x < left && before[row + x] === after[row + x]) x++;
    left = x;
    x = width - 1;
    while (x > right && before[row + x] === after[row + x]) x--;
    right = x;
  }
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

function isSameRow(before: Uint32Array, after: Uint32Array, start: number, width: number): boolean {
  for (let i = start; i < start + width; i++) if (before[i] !== after[i]) return false;
  return true;
}
