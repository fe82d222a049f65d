// Noise that never changes: smooth noise in octaves, and a tile of fine texture.

import { seededRandom } from "../../test/harness/seeded-random.ts";

const side = 256;
const lattice = Float32Array.from({ length: side * side }, seededRandom(7));
const everything = side - 1;
const ease = (t: number) => t * t * (3 - 2 * t);

/** Smooth noise in 0..1 that repeats every `mask` + 1, a power of two up to 256. */
export function noise(x: number, y: number, mask = everything): number {
  const at = (column: number, row: number) => lattice[(row & mask) * side + (column & mask)] ?? 0;
  const column = Math.floor(x);
  const row = Math.floor(y);
  const across = ease(x - column);
  const upper = at(column, row) + (at(column + 1, row) - at(column, row)) * across;
  const lower = at(column, row + 1) + (at(column + 1, row + 1) - at(column, row + 1)) * across;
  return upper + (lower - upper) * ease(y - row);
}

/** Noise in `count` octaves, each half as strong and twice as fine; about 0..1, mean 0.5. */
export function octaves(x: number, y: number, count: number): number {
  let sum = 0;
  let strength = 0.5;
  for (let octave = 0; octave < count; octave++) {
    sum += noise(x * 2 ** octave + octave * 19.1, y * 2 ** octave + octave * 7.7) * strength;
    strength /= 2;
  }
  return sum + strength;
}

export const textureSide = 1024;

/** A tile of surface around 0, at most 127 away, about as strong at every scale down to the pixel. Looked up, never computed, per pixel. */
export const texture: Int8Array = Int8Array.from({ length: textureSide ** 2 }, (_, index) => {
  let height = 0;
  for (let cells = 16; cells <= textureSide; cells *= 2) {
    const x = ((index % textureSide) * cells) / textureSide;
    const y = (Math.floor(index / textureSide) * cells) / textureSide;
    height += (noise(x, y, Math.min(cells, side) - 1) - 0.5) * 70 * (64 / (cells + 48)) ** 0.5;
  }
  return Math.max(-127, Math.min(127, height));
});

export const grainLength = 1 << 20;

/** What a sensor adds: nearly normal noise with a deviation of about 32. */
export const grain: Int8Array = (() => {
  const random = seededRandom(99);
  return Int8Array.from({ length: grainLength }, () => (random() + random() + random() - 1.5) * 64);
})();
