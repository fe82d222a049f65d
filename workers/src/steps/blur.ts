// Gaussian blur of any width in bounded time: a wide one is made small, where it has no detail to lose, and enlarged.
import { resizePixels, softenPixels } from "../codecs/kernel.ts";
import type { Pixels } from "../pixels.ts";
import { softSize } from "../soft-size.ts";
import type { Step } from "./step.ts";

export const blur: Step = (pixels, { effects: { blurSigma } }) =>
  blurSigma === null ? pixels : blurPixels(pixels, blurSigma);

export async function blurPixels(pixels: Pixels, sigma: number): Promise<Pixels> {
  const { width, height } = pixels;
  const soft = await softenPixels(pixels, sigma, softSize(pixels, sigma));
  return resizePixels(soft, { width, height });
}
