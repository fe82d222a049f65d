// Dequantisation and scaling in one multiplication: for each coefficient a weight and a place to add to.
//
// The average of neighbouring outputs of an 8-point inverse DCT is a 4-point inverse DCT whose
// coefficient j is X[j] cos(j pi/16) - X[8-j] cos((8-j) pi/16): cosines of the high frequencies are
// those of the low ones, mirrored. Halving again folds once more. So a block at 1/2 or 1/4 scale is
// the exact average of the full one (as libjpeg's scaled decoding), not a guess from low frequencies,
// and all it takes is the right weight in the table, since the transform is linear.

import { Component } from "./frame";

/** Fraction bits of a weight. */
export const WEIGHT_BITS: i32 = 9;
/** Fraction bits of the scaled coefficients (side 1, 2, 4); at side 8 they are whole, as in libjpeg. */
export const FOLD_BITS: i32 = 6;
/** Two words for each of 64 coefficients, and 64 idle ones for runs that leave the block. */
export const WEIGHTS_SIZE: usize = 128 * 8;

/** Where the k-th coefficient of the stream lies in the block, row * 8 + column (T.81 figure 5). */
// prettier-ignore
export const zigzag: StaticArray<u8> = [
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
];

/** cos(n pi / 16). */
const cosines: StaticArray<f64> = [
  1.0, 0.9807852804032304, 0.9238795325112867, 0.8314696123025452, 0.7071067811865476, 0.5555702330196022,
  0.38268343236508984, 0.19509032201612833,
];

/** The quantiser tables: 64 words each, in stream order. */
const quantisers = memory.data(4 * 64 * 4, 16);
const defined = memory.data(4);

export function forgetQuantisers(): void {
  store<u32>(defined, 0);
}

export function hasQuantiser(slot: i32): bool {
  return load<u8>(defined + slot) != 0;
}

/** Reads a DQT segment's body, 8 or 16 bit; false when it is damaged. */
export function readQuantisers(at: usize, length: i32): bool {
  const end = at + length;
  while (at < end) {
    const head = <i32>load<u8>(at++);
    const wide = head >> 4;
    const slot = head & 15;
    if (wide > 1 || slot > 3 || at + (64 << wide) > end) return false;
    const table = quantisers + slot * 256;
    for (let k = 0; k < 64; k++) {
      store<i32>(table + k * 4, wide ? (<i32>load<u8>(at) << 8) | load<u8>(at, 1) : load<u8>(at));
      at += 1 << wide;
    }
    store<u8>(defined + slot, 1);
  }
  return true;
}

/** The frequency that `u` is folded onto, for a side of 4 or 2 (or 1); -1 where it cancels out. */
function foldedTo(u: i32, side: i32): i32 {
  for (let points = 8; points > side; points >>= 1) {
    if (u == points / 2) return -1;
    if (u > points / 2) u = points - u;
  }
  return u;
}

/** Its weight in one dimension, with the DCT's own normalisation. */
function foldedWeight(u: i32, side: i32): f64 {
  let weight: f64 = u == 0 ? 0.5 * unchecked(cosines[4]) : 0.5;
  for (let points = 8; points > side; points >>= 1) {
    weight *= unchecked(cosines[(u * 8) / points]);
    if (u > points / 2) {
      weight = -weight;
      u = points - u;
    }
  }
  // The 2-point basis of frequency 1 is cos(pi/4) = -cos(3 pi/4): into the weight, leaving sums and differences.
  if (side == 2 && u == 1) weight *= unchecked(cosines[4]);
  return weight;
}

/** Byte offset of a coefficient in the block: the order in which that side's inverse transform wants it. */
function placeOf(row: i32, column: i32, side: i32): i32 {
  // Rows in interleaved pairs: what a dot product of i16 pairs reads without shuffling.
  if (side == 4) return (row >> 1) * 16 + column * 4 + (row & 1) * 2;
  return (row * side + column) * 2;
}

/**
 * For a side of 2, what a coefficient of 1 adds to each of the four samples (128 x 4 words, WEIGHT_BITS +
 * FOLD_BITS of fraction): so small an inverse transform is quickest as a sum over the symbols as they come.
 */
export const SAMPLE_WEIGHTS_SIZE: usize = 128 * 16;

export function fillSampleWeights(c: Component): void {
  memory.fill(c.sampleWeights, 0, SAMPLE_WEIGHTS_SIZE);
  for (let k = 0; k < 64; k++) {
    const weight = load<i32>(c.weights + k * 8);
    // The place in the 2x2 block of coefficients: its frequencies, 0 or 1, decide the signs.
    const place = load<i32>(c.weights + k * 8 + 4) >> 1;
    const across = place & 1 ? -1 : 1;
    const down = place & 2 ? -1 : 1;
    const to = c.sampleWeights + k * 16;
    store<i32>(to, weight);
    store<i32>(to, weight * across, 4);
    store<i32>(to, weight * down, 8);
    store<i32>(to, weight * across * down, 12);
  }
}

/** Fills a component's weights from its quantiser table and side. */
export function fillWeights(c: Component): void {
  const table = quantisers + c.quantTable * 256;
  const side = c.side;
  memory.fill(c.weights, 0, WEIGHTS_SIZE);
  for (let k = 0; k < 64; k++) {
    const z = <i32>unchecked(zigzag[k]);
    const quantiser = load<i32>(table + k * 4);
    let weight = quantiser << WEIGHT_BITS;
    let row = z >> 3;
    let column = z & 7;
    if (side < 8) {
      const scale = <f64>(1 << (WEIGHT_BITS + FOLD_BITS));
      weight = <i32>Math.round(<f64>quantiser * scale * foldedWeight(row, side) * foldedWeight(column, side));
      row = foldedTo(row, side);
      column = foldedTo(column, side);
      if (row < 0 || column < 0) continue;
    }
    store<i32>(c.weights + k * 8, weight);
    store<i32>(c.weights + k * 8 + 4, placeOf(row, column, side));
  }
}
