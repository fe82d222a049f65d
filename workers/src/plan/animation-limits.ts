// How much a moving picture may ask for.
import { Damage } from "../../formats/damage.ts";

/** The attack these stop: a few KB of file that ask for hours of work. */
export interface AnimationLimits {
  readonly maxFrames: number;
  /** Megapixels of all frames together, each counted as the whole canvas. */
  readonly maxMegapixels: number;
}

/** The refusal that these frames deserve, or null. */
export function overLimits(limits: AnimationLimits, frameCount: number, pixelSum: number): Damage | null {
  if (frameCount > limits.maxFrames)
    return new Damage(`it has more than ${limits.maxFrames} frames`, { code: "too-large" });
  if (pixelSum > limits.maxMegapixels * 1e6)
    return new Damage(`its frames hold more than ${limits.maxMegapixels} megapixels together`, {
      code: "too-large",
    });
  return null;
}
