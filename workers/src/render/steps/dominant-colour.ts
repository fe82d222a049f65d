// The colour that most of a small picture is of, as people would name it.

import type { Pixels } from "../../geometry/pixels.ts";
import { type Colour, writeColour } from "../../plan/colour.ts";

/** Colours are alike when they share the upper bits of all channels. */
const KEPT_BITS = 4;

interface Bin {
  weight: number;
  red: number;
  green: number;
  blue: number;
}

/** `#rrggbb`: the mean of the largest group of like colours. Clear pixels do not count; strong colours count a little more. */
export function dominantColour({ data }: Pixels): string {
  const bins = new Map<number, Bin>();
  for (let at = 0; at < data.length; at += 4) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray(at, at + 4);
    const strength = (Math.max(red, green, blue) - Math.min(red, green, blue)) / 255;
    const weight = (alpha / 255) * (1 + strength);
    const key = [red, green, blue].reduce(
      (bits, channel) => (bits << KEPT_BITS) | (channel >> (8 - KEPT_BITS)),
      0,
    );
    const bin = bins.get(key) ?? { weight: 0, red: 0, green: 0, blue: 0 };
    bin.weight += weight;
    bin.red += red * weight;
    bin.green += green * weight;
    bin.blue += blue * weight;
    bins.set(key, bin);
  }
  const largest = [...bins.values()].reduce((best, bin) => (bin.weight > best.weight ? bin : best), NOTHING);
  return `#${writeColour(mean(largest)).slice(0, 6)}`;
}

const NOTHING: Bin = { weight: 0, red: 0, green: 0, blue: 0 };

function mean({ weight, red, green, blue }: Bin): Colour {
  const channel = (sum: number) => (weight > 0 ? Math.round(sum / weight) : 255);
  return { red: channel(red), green: channel(green), blue: channel(blue), alpha: 255 };
}
