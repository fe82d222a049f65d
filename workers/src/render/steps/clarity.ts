// Clarity: contrast of parts of a picture, most in its middle tones. What stands out from the soft light around it is brought out or taken
// back; the blur stops at edges, so that nothing gets a halo.

import { BLUE, GREEN, RED } from "../light.ts";
import { alongLines, softLines } from "../retouch/guided.ts";
import { withScratch } from "../retouch/scratch.ts";
import type { Step } from "./step.ts";

/** Of the shorter side; and how far light may vary in what is brought out. */
const REACH = 0.035;
const EDGE = 0.075 ** 2;
const MOST = 1.25;
const LEAST = 0.8;

export const clarity: Step = async (pixels, { retouch }) => {
  const { clarity: asked = 0 } = retouch ?? {};
  if (asked === 0) return pixels;
  const amount = (asked / 100) * (asked > 0 ? MOST : LEAST);
  // Black and white have nowhere to go.
  const shares = Float32Array.from({ length: 256 }, (_, tone) => {
    const fromMiddle = Math.abs(tone / 127.5 - 1);
    return amount * (1 - fromMiddle ** 4);
  });
  const { data, width } = pixels;
  await withScratch((scratch) =>
    alongLines(pixels, softLines(pixels, REACH, EDGE, scratch), (y, slope, offset) => {
      let at = y * width * 4;
      for (let x = 0; x < width; x++, at += 4) {
        const red = data[at] ?? 0;
        const green = data[at + 1] ?? 0;
        const blue = data[at + 2] ?? 0;
        const tone = RED * red + GREEN * green + BLUE * blue;
        const detail = tone - (slope[x] ?? 0) * tone - 255 * (offset[x] ?? 0);
        const change = (shares[tone | 0] ?? 0) * detail;
        // Colours keep their strength: channels are multiplied, and in the dark, where that would be noise, moved.
        const gain = 1 + change / (tone + 16);
        const rest = change - (gain - 1) * tone;
        data[at] = red * gain + rest;
        data[at + 1] = green * gain + rest;
        data[at + 2] = blue * gain + rest;
      }
    }),
  );
  return pixels;
};
