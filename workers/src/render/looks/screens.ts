// Black and white: by a threshold, or by the screen of print, whose dots grow with what is dark.
import type { Pixels } from "../../geometry/pixels.ts";
import { BLUE, GREEN, RED } from "../light.ts";
import { overRows } from "./rows.ts";

/** An edge between black and white is as wide as one that was resized, not a stair. */
const STEEPNESS = 16;

export async function threshold(pixels: Pixels, percent: number): Promise<void> {
  const from = (255 * Math.min(99.5, Math.max(0.5, percent))) / 100;
  const made = Uint8ClampedArray.from({ length: 256 }, (_, light) => 128 + STEEPNESS * (light - from));
  await overRows(pixels, 32, 10, (rows) => {
    for (let at = 0; at < rows.length; at += 4) {
      const light = RED * (rows[at] ?? 0) + GREEN * (rows[at + 1] ?? 0) + BLUE * (rows[at + 2] ?? 0) + 0.5;
      const value = made[light | 0] ?? 0;
      rows[at] = value;
      rows[at + 1] = value;
      rows[at + 2] = value;
    }
  });
}

/** Steps of a cell of the screen, along each of its sides. */
const CELL = 64;

/**
 * Where in a cell there is ink at which light: each place's rank among all of them, 0..1, so that a grey comes out with just so much paper.
 */
const ranks: Float32Array = (() => {
  const round = Array.from({ length: CELL }, (_, step) => Math.cos((2 * Math.PI * step) / CELL));
  const places = Array.from({ length: CELL ** 2 }, (_, place) => ({
    place,
    spot: (round[place % CELL] ?? 0) + (round[Math.floor(place / CELL)] ?? 0),
  }));
  places.sort((a, b) => a.spot - b.spot);
  const sorted = new Float32Array(CELL ** 2);
  for (const [rank, { place }] of places.entries()) sorted[place] = (rank + 0.5) / CELL ** 2;
  return sorted;
})();

/** By light itself faces went dark, by stored values skies went white: between both. */
const DOT_GAIN = 1.3;
/** As wide as a dot can be that is still one. */
const LEAST_DOT = 2;

/** Dots `apart` pixels from each other, along lines at 45 degrees. */
export async function halftone(pixels: Pixels, apart: number): Promise<void> {
  const { width } = pixels;
  const dot = Math.max(LEAST_DOT, apart);
  const step = CELL / (dot * Math.SQRT2);
  const steepness = 255 * Math.max(1, dot / 1.6);
  // An edge's half: white has none of the smallest dot, and black all of it.
  const half = 127 / steepness;
  const light = Float32Array.from(
    { length: 256 },
    (_, value) => (1 + 2 * half) * (value / 255) ** DOT_GAIN - half,
  );
  await overRows(pixels, 1, 16, (row, y) => {
    let [u, v] = [y * step, CELL * 4096 - y * step];
    for (let x = 0, at = 0; x < width; x++, at += 4, u += step, v += step) {
      const tone = RED * (row[at] ?? 0) + GREEN * (row[at + 1] ?? 0) + BLUE * (row[at + 2] ?? 0) + 0.5;
      const rank = ranks[(u & (CELL - 1)) * CELL + (v & (CELL - 1))] ?? 0;
      const value = 128 + ((light[tone | 0] ?? 0) - rank) * steepness;
      row[at] = value;
      row[at + 1] = value;
      row[at + 2] = value;
    }
  });
}
