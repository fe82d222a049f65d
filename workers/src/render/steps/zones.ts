// Highlights and shadows: bright and dark parts of a picture, not bright and dark pixels, so that what is in them keeps its contrast.
// All channels are multiplied alike, by what a curve makes of the soft light there; colours keep their hue.

import { BLUE, GREEN, RED } from "../light.ts";
import { alongLines, softLines } from "../retouch/guided.ts";
import { withScratch } from "../retouch/scratch.ts";
import type { Step } from "./step.ts";

/** How far around a pixel its part of the picture reaches, of the shorter side; and how much light may vary in one. */
const REACH = 0.03;
const EDGE = 0.1 ** 2;
const LEVELS = 1024;

export const zones: Step = async (pixels, { retouch }) => {
  const { highlights = 0, shadows = 0 } = retouch ?? {};
  if (highlights === 0 && shadows === 0) return pixels;
  const gains = gainsOf(highlights / 100, shadows / 100);
  const { data, width } = pixels;
  await withScratch((scratch) =>
    alongLines(pixels, softLines(pixels, REACH, EDGE, scratch), (y, slope, offset) => {
      let at = y * width * 4;
      for (let x = 0; x < width; x++, at += 4) {
        const red = data[at] ?? 0;
        const green = data[at + 1] ?? 0;
        const blue = data[at + 2] ?? 0;
        const light = (RED * red + GREEN * green + BLUE * blue) / 255;
        const soft = (slope[x] ?? 0) * light + (offset[x] ?? 0);
        const gain = gains[Math.min(LEVELS, Math.max(0, soft * LEVELS)) | 0] ?? 1;
        data[at] = red * gain;
        data[at + 1] = green * gain;
        data[at + 2] = blue * gain;
      }
    }),
  );
  return pixels;
};

/** What shadows are lifted by, at most, of what noise lies in them. */
const FLOOR = 0.06;
/** A bump at a quarter of the scale, at rest at its ends. */
const bump = (level: number) => (level * (1 - level) ** 3 * level) / (level + FLOOR);

/** Curves that rise everywhere; towards the middle there is more room than away from it. */
function gainsOf(highlights: number, shadows: number): Float32Array {
  return Float32Array.from({ length: LEVELS + 1 }, (_, index) => {
    const level = Math.max(index / LEVELS, 1e-3);
    const dark = shadows * (shadows > 0 ? 2 : 1) * bump(level);
    const light = highlights * (highlights < 0 ? 1.5 : 0.9) * bump(1 - level);
    return (level + dark + light) / level;
  });
}
