// Unsharp mask on brightness alone: colour noise stays as it is, and edges get no coloured seams.
// The soft picture comes row by row, and each row is used up at once: two whole pictures would not fit into one job.

import { SHARPEN_SIGMA } from "../../plan/soft-size.ts";
import { softenRows } from "../codecs/kernel.ts";
import { BLUE, GREEN, RED } from "../light.ts";
import type { Step } from "./step.ts";

/**
 * How far an edge may be pushed, of 255: 10 and 20 of 100 in lightness, as libvips does. Fine texture stays below and gains
 * by the full amount; past it, hard edges would only get white and black seams. Dark ones are less seen.
 */
const MOST_LIGHTER = 26;
const MOST_DARKER = 51;

export const sharpen: Step = async (pixels, { effects: { sharpen: amount } }) => {
  if (amount === null) return pixels;
  let done = 0;
  await softenRows(pixels, SHARPEN_SIGMA, (soft) => {
    exaggerate(pixels.data.subarray(done, done + soft.length), soft, amount);
    done += soft.length;
  });
  return pixels;
};

/** Adds what a blur takes away. */
function exaggerate(rows: Uint8ClampedArray, soft: Uint8Array, amount: number): void {
  for (let at = 0; at < rows.length; at += 4) {
    const detail =
      RED * ((rows[at] ?? 0) - (soft[at] ?? 0)) +
      GREEN * ((rows[at + 1] ?? 0) - (soft[at + 1] ?? 0)) +
      BLUE * ((rows[at + 2] ?? 0) - (soft[at + 2] ?? 0));
    const change = Math.min(Math.max(detail * amount, -MOST_DARKER), MOST_LIGHTER);
    rows[at] = (rows[at] ?? 0) + change;
    rows[at + 1] = (rows[at + 1] ?? 0) + change;
    rows[at + 2] = (rows[at + 2] ?? 0) + change;
  }
}
