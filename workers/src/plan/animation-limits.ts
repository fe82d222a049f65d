// How much a moving picture may ask for.
import type { Damage } from "../../formats/outcome.ts";

/** The attack these stop: a few KB of file that ask for hours of work. */
export interface AnimationLimits {
  readonly maxFrames: number;
  /** Megapixels of all frames together, each counted as the whole canvas. */
  readonly maxMegapixels: number;
}

/** The refusal that these frames deserve, or null. */
export function overLimits(limits: AnimationLimits, frameCount: number, pixelSum: number): Damage | null {
  if (frameCount > limits.maxFrames)
    return { code: "too-large", reason: `The picture has more than ${limits.maxFrames} frames.` };
  if (pixelSum > limits.maxMegapixels * 1e6)
    return {
      code: "too-large",
      reason: `Its frames hold more than ${limits.maxMegapixels} megapixels together.`,
    };
  return null;
}
