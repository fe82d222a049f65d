// What a scene is: far things as a smooth backdrop, near things as strokes. Lengths are in picture heights.

import type { Random } from "../../../test/harness/seeded-random.ts";
import { blend, type Colour, type Stroke } from "../canvas.ts";
import { octaves } from "../noise.ts";

export interface Scene {
  /** What lies behind everything: x from 0 to the aspect ratio, y from 0 to 1. */
  backdrop(x: number, y: number): Colour;
  /** How strongly fine texture shows on the backdrop there, 0..1. */
  detail(x: number, y: number): number;
  /** Drawn in order, over the backdrop. */
  strokes(random: Random, aspect: number): Iterable<Stroke>;
}

export const clamp = (t: number) => Math.max(0, Math.min(1, t));
export const pick = <T>(random: Random, choices: readonly [T, ...T[]]): T =>
  choices[Math.floor(random() * choices.length)] ?? choices[0];

/** Blue above, pale at the horizon, under clouds. */
export function sky(x: number, y: number): Colour {
  const clear = blend([58, 112, 188], [210, 222, 236], clamp(y * 1.9));
  const cloud = clamp((octaves(x * 2.3 + 4, y * 5.5 + 2, 8) - 0.48) * 3.6);
  return blend(clear, [250, 248, 244], cloud * 0.9);
}
