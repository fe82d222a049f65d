// Grain, by Photon: monochrome, as film's is, most in the middle tones.
import { seedOf } from "../retouch/chance.ts";
import { byPhoton } from "../retouch/photon-strips.ts";
import type { Step } from "./step.ts";

/** Photon's own word for what is extreme is 1. */
const MOST = 0.28;

export const grain: Step = async (pixels, variant) => {
  const { grain: asked = 0 } = variant.retouch ?? {};
  if (asked === 0) return pixels;
  const seed = seedOf(JSON.stringify(variant));
  // 0 is none.
  const callOf = (strip: number) => ({
    name: "film_grain",
    told: [(asked / 100) * MOST, 1, (seed + strip * 0x9e3779b9) >>> 0 || 1],
  });
  await byPhoton(pixels, callOf, { overlap: 0, msPerMegapixel: 20 });
  return pixels;
};
