// What a careful hand would do first to a picture that is looked at small: ends that are not used, a middle that is too dark, pale colours.
// Careful: of what is missing about half, nothing where a picture seems meant as it is (a night, a product on white, a page of text).

import type { Pixels } from "../../geometry/pixels.ts";
import type { Enhancement } from "../../plan/retouch.ts";
import { BLUE, GREEN, RED } from "../light.ts";
import { toLinear } from "./srgb.ts";

/** Of the picture, where most photographs have their middle. */
const MIDDLE = 0.44;
/** Above this it is light on purpose, below that dark. */
const HIGH_KEY = 0.72;
const LOW_KEY = 0.22;

/** Empty where nothing is to be done. */
export function enhancementOf({ data }: Pixels): Enhancement {
  const tones = new Float64Array(256);
  let [seen, flat, saturation, before] = [0, 0, 0, -1];
  for (let at = 0; at < data.length; at += 4) {
    const red = data[at] ?? 0;
    const green = data[at + 1] ?? 0;
    const blue = data[at + 2] ?? 0;
    const alpha = (data[at + 3] ?? 0) / 255;
    const tone = Math.round(RED * red + GREEN * green + BLUE * blue);
    tones[tone] = (tones[tone] ?? 0) + alpha;
    const high = Math.max(red, green, blue);
    saturation += high === 0 ? 0 : (alpha * (high - Math.min(red, green, blue))) / high;
    seen += alpha;
    const colour = (red << 16) | (green << 8) | blue;
    if (colour === before) flat += alpha;
    before = colour;
  }
  // What is clear for the most part, or as flat as paint, is no photograph.
  if (seen < data.length / 8 || flat > 0.35 * seen) return {};
  const level = (share: number) => {
    let sum = 0;
    for (let tone = 0; tone < 256; tone++) {
      sum += tones[tone] ?? 0;
      if (sum >= share * seen) return tone / 255;
    }
    return 1;
  };
  const [black, dark, middle, light, white] = [level(0.01), level(0.1), level(0.5), level(0.9), level(0.99)];
  const isHigh = middle > HIGH_KEY;
  // Lamps shine in it, or stars.
  const isNight = middle < LOW_KEY && white > Math.max(0.45, 2.5 * middle);
  const missing = 0.5 * stops(middle, MIDDLE);
  const room = 0.6 * Math.max(0, stops(level(0.97), 0.92));
  const exposure = isHigh || isNight ? 0 : between(-0.25, Math.min(missing, room), 1.2);
  const found = {
    exposure: Math.abs(exposure) < 0.08 ? 0 : Number(exposure.toFixed(2)),
    blacks: -Math.round(between(0, 420 * (black - 0.04), 85)),
    whites: isNight ? 0 : Math.round(between(0, 420 * (0.93 - white * 2 ** (exposure / 2.2)), 85)),
    shadows: isNight ? 0 : Math.round(between(0, 260 * (0.12 - dark), 24)),
    highlights: isHigh ? 0 : -Math.round(between(0, 160 * (light - 0.85), 18)),
    vibrance: Math.round(between(0, 40 * (0.5 - saturation / seen), 14)),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== 0));
}

/** From one tone to another. */
const stops = (from: number, to: number) => Math.log2(toLinear(to) / Math.max(toLinear(from), 0.002));
const between = (low: number, value: number, high: number) => Math.min(high, Math.max(low, value));
