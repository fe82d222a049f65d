// How much each pixel of a small picture draws the eye: colours that stand out and hold together, and skin.
import type { Pixels } from "../../geometry/pixels.ts";
import { standingOut } from "./colour-groups.ts";

/** Pixels to each side over which interest is evened out, twice: specks of a texture fade, what is one thing stays. */
const SOFTNESS = 2;
/** Faces come first among what stands out alike. */
const SKIN_GAIN = 0.2;

/** Adds up to 1, or is 0 everywhere in a picture of one colour. */
export function interest(pixels: Pixels): Float64Array {
  const { width, height, data } = pixels;
  const once = softened(standingOut(pixels), width, height);
  const soft = softened(once, width, height);
  const most = soft.reduce((high, value) => Math.max(high, value), 0);
  if (most === 0) return soft;
  // The fourth power: a small subject must outweigh a wide ground that is somewhat uneven.
  const score = soft.map((value, at) => {
    const gain = isSkin(data, at * 4) ? 1 + SKIN_GAIN : 1;
    return ((value / most) * gain) ** 4 * ((data[at * 4 + 3] ?? 0) / 255);
  });
  const sum = score.reduce((all, value) => all + value, 0);
  return score.map((value) => value / sum);
}

/** The hue of skin of all shades lies in one narrow band. */
function isSkin(data: Uint8ClampedArray, at: number): boolean {
  const red = data[at] ?? 0;
  const green = data[at + 1] ?? 0;
  const blue = data[at + 2] ?? 0;
  const sum = red + green + blue + 1;
  const isWarm = red > 60 && red > green && green > blue * 0.9 && red - blue > 20;
  return isWarm && red / sum > 0.36 && red / sum < 0.5 && green / sum > 0.28;
}

/** The mean of each pixel's neighbours across and down; at the edges, of those that there are. */
function softened(values: Float64Array, width: number, height: number): Float64Array {
  const across = meansAlong(values, width, height, 1, width);
  return meansAlong(across, height, width, width, 1);
}

function meansAlong(values: Float64Array, length: number, lines: number, step: number, lineStep: number) {
  const means = new Float64Array(values.length);
  for (let line = 0; line < lines; line++) {
    const start = line * lineStep;
    // The sum runs along: a look's first render is interpreted, where every read is dear.
    let sum = 0;
    let count = 0;
    for (let ahead = 0; ahead < length + SOFTNESS; ahead++) {
      const at = ahead - SOFTNESS;
      if (ahead < length) {
        sum += values[start + ahead * step] ?? 0;
        count++;
      }
      if (at > SOFTNESS) {
        sum -= values[start + (at - SOFTNESS - 1) * step] ?? 0;
        count--;
      }
      if (at >= 0) means[start + at * step] = sum / count;
    }
  }
  return means;
}
