// What a frame need not paint, because a viewer shows it already; and how that is written in the fewest bytes.
import type { Box } from "../../../geometry/pixels.ts";
import { squaredDistance } from "./nearest-colour.ts";

/** Two levels a channel: the noise of resizing. What is shown stays as reference, so that a slow fade never adds up. */
export const INVISIBLE_CHANGE = 12;

/**
 * Leaves in `painted` only what is further from `shown` than a squared distance; everything else becomes 0. Brings
 * `shown` up to date, and gives the box of what is left, or null.
 */
export function keepChanges(
  painted: Uint32Array,
  shown: Uint32Array,
  width: number,
  sameDistance: number,
): Box | null {
  let left = width;
  let right = -1;
  let top = -1;
  let bottom = -1;
  for (let i = 0, x = 0, y = 0; i < painted.length; i++) {
    const word = painted[i] ?? 0;
    const before = shown[i] ?? 0;
    if (word === before || (word !== 0 && before !== 0 && squaredDistance(word, before) <= sameDistance)) {
      painted[i] = 0;
    } else {
      shown[i] = word;
      if (x < left) left = x;
      if (x > right) right = x;
      if (top === -1) top = y;
      bottom = y;
    }
    if (++x === width) {
      x = 0;
      y++;
    }
  }
  return right === -1 ? null : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/**
 * Unchanged pixels may be written as see-through or in their own colour. Where the pixel to the left has that very
 * colour, its index goes on: a run that is not interrupted is the cheapest thing there is in LZW.
 */
export function extendRuns(
  indices: Uint8Array,
  painted: Uint32Array,
  shown: Uint32Array,
  colours: Uint32Array,
  transparentIndex: number,
): void {
  for (let i = 1; i < indices.length; i++) {
    if (painted[i] !== 0) continue;
    const before = indices[i - 1] ?? 0;
    if (before !== transparentIndex && colours[before] === shown[i]) indices[i] = before;
  }
}
