// How blurs are made: the plan sums up their memory, the steps carry them out.
import type { Size } from "../../../schema/facts.ts";

/** An unsharp mask works on the fine detail of a picture at its final size. */
export const SHARPEN_SIGMA = 1;

/** Below this nothing is gained by a smaller picture. */
const WIDE_SIGMA = 3;
/** What is left of the finest detail after a blur of this many pixels is under a ten-thousandth. */
const SMALL_SIGMA = 1.5;

/** The size at which a blur is made: a wide one leaves no detail that a smaller picture could not hold. */
export function softSize({ width, height }: Size, sigma: number): Size {
  if (sigma < WIDE_SIGMA) return { width, height };
  const shrink = sigma / SMALL_SIGMA;
  return { width: Math.max(1, Math.round(width / shrink)), height: Math.max(1, Math.round(height / shrink)) };
}
