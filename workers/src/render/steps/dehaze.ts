// Dehaze: what haze has added is taken away where it lies, and what it has dimmed is brought back; below 0 it is laid over the picture.

import { BLUE, GREEN, RED } from "../light.ts";
import { alongLines } from "../retouch/guided.ts";
import { hazeOf } from "../retouch/haze.ts";
import { withScratch } from "../retouch/scratch.ts";
import type { Step } from "./step.ts";

/** Some haze stays, or what is far away would look cut out. */
const MOST_TAKEN = 0.85;
/** What is left of light under haze is brought back up to so many times: beyond is noise. */
const LEAST_LEFT = 0.4;
const MOST_LAID = 0.75;
/** What is laid even where there was none. */
const EVERYWHERE = 0.4;

export const dehaze: Step = async (pixels, { retouch }) => {
  const { dehaze: asked = 0 } = retouch ?? {};
  if (asked === 0) return pixels;
  const taken = (MOST_TAKEN * asked) / 100;
  const laid = (MOST_LAID * -asked) / 100;
  const { data, width } = pixels;
  await withScratch((scratch) => {
    const { thickness, colour } = hazeOf(pixels, scratch);
    const [hazeRed, hazeGreen, hazeBlue] = colour;
    return alongLines(pixels, thickness, (y, slope, offset) => {
      let at = y * width * 4;
      for (let x = 0; x < width; x++, at += 4) {
        const red = data[at] ?? 0;
        const green = data[at + 1] ?? 0;
        const blue = data[at + 2] ?? 0;
        const light = (RED * red + GREEN * green + BLUE * blue) / 255;
        const thick = Math.min(1, Math.max(0, (slope[x] ?? 0) * light + (offset[x] ?? 0)));
        const gain =
          asked > 0
            ? 1 / Math.max(LEAST_LEFT, 1 - taken * thick)
            : 1 - laid * (EVERYWHERE + (1 - EVERYWHERE) * thick);
        data[at] = (red - hazeRed) * gain + hazeRed;
        data[at + 1] = (green - hazeGreen) * gain + hazeGreen;
        data[at + 2] = (blue - hazeBlue) * gain + hazeBlue;
      }
    });
  });
  return pixels;
};
