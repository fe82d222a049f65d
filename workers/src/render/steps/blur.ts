// Gaussian blur of any width in bounded time: a wide one is made small, where it has no detail to lose, and enlarged.
// It is laid over the picture itself: two pictures of 12 megapixels would not fit into one job.

import type { Pixels } from "../../geometry/pixels.ts";
import { softSize } from "../../plan/soft-size.ts";
import { resizeInto, softenPixels, softenRows, writingOver } from "../codecs/kernel.ts";
import type { Step } from "./step.ts";

export const blur: Step = (pixels, { effects: { blurSigma } }) =>
  blurSigma === null ? pixels : blurPixels(pixels, blurSigma);

/** Blurs in place. */
export async function blurPixels(pixels: Pixels, sigma: number): Promise<Pixels> {
  const size = softSize(pixels, sigma);
  if (size.width === pixels.width && size.height === pixels.height) {
    await softenRows(pixels, sigma, writingOver(pixels));
  } else {
    await resizeInto(pixels, await softenPixels(pixels, sigma, size));
  }
  return pixels;
}
