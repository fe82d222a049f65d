// Denoise: grain in light is smoothed within a few pixels, specks of colour within some more, and both stop at edges of light.
import { noiseGrain } from "../../plan/retouch.ts";
import { BLUE, GREEN, RED } from "../light.ts";
import { alongLines, guidedBy, linesAt } from "../retouch/guided.ts";
import { withScratch } from "../retouch/scratch.ts";
import { averaged, smallLight } from "../retouch/small-light.ts";
import { overStrips } from "../retouch/strips.ts";
import type { Step } from "./step.ts";

/** Noise in light that is smoothed, at most, of white: that of a phone at night. */
const MOST_NOISE = 0.05;
/** A colour that is farther off, of 255, is none of noise: it stays. */
const MOST_SPECK = 24;
const COLOUR_EDGE = 0.02 ** 2;

export const denoise: Step = async (pixels, { retouch }) => {
  const { denoise: asked = 0 } = retouch ?? {};
  if (asked === 0) return pixels;
  const strength = asked / 100;
  const eps = (MOST_NOISE * strength) ** 2;
  const speck = (MOST_SPECK * strength) ** 4;
  const { by, radius, overlap, rows } = noiseGrain;
  await withScratch((scratch) =>
    overStrips(pixels, { rows, overlap, msPerMegapixel: 120 }, async (part) => {
      const { data, width } = part;
      scratch.reuse();
      const light = smallLight(part, by, scratch);
      const lines = guidedBy(light, radius, eps, by, scratch)(light);
      const colours = guidedBy(light, radius, COLOUR_EDGE, by, scratch);
      const reds = linesAt(colours(averaged(part, by, [0.7874, -0.7152, -0.0722], scratch)), part);
      const blues = linesAt(colours(averaged(part, by, [-0.2126, -0.7152, 0.9278], scratch)), part);
      await alongLines(part, lines, (y, slope, offset) => {
        const { slope: redSlope, offset: redOffset } = reds(y);
        const { slope: blueSlope, offset: blueOffset } = blues(y);
        let at = y * width * 4;
        for (let x = 0; x < width; x++, at += 4) {
          const r = data[at] ?? 0;
          const b = data[at + 2] ?? 0;
          const tone = RED * r + GREEN * (data[at + 1] ?? 0) + BLUE * b;
          const made = (slope[x] ?? 0) * tone + 255 * (offset[x] ?? 0);
          const toRed = (redSlope[x] ?? 0) * made + 255 * (redOffset[x] ?? 0) - (r - tone);
          const toBlue = (blueSlope[x] ?? 0) * made + 255 * (blueOffset[x] ?? 0) - (b - tone);
          const distance = toRed * toRed + toBlue * toBlue;
          const share = speck / (speck + distance * distance);
          const madeRed = r - tone + share * toRed;
          const madeBlue = b - tone + share * toBlue;
          data[at] = made + madeRed;
          data[at + 1] = made - RED_IN_GREEN * madeRed - BLUE_IN_GREEN * madeBlue;
          data[at + 2] = made + madeBlue;
        }
      });
    }),
  );
  return pixels;
};

/** What green must give way for red and blue, so that light stays. */
const RED_IN_GREEN = RED / GREEN;
const BLUE_IN_GREEN = BLUE / GREEN;
