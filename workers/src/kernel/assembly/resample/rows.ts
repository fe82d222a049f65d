// The two hot loops of a resize, in SIMD: columns first (many rows to one), then along the row.
//
// Between them a row is i16 with 6 fraction bits, so that Lanczos' overshoot isn't cut off early.
// All sums are exact in i32: products of two i16 by i32x4.dot_i16x8_s, two taps at a time.

/** Fraction bits of a row between the passes. */
export const FINE_BITS: i32 = 6;
const WEIGHT_BITS: i32 = 14;
const DOWN_SHIFT: i32 = WEIGHT_BITS - FINE_BITS;

// @ts-ignore: decorator
@inline
function narrowed(a: v128, b: v128, shift: i32): v128 {
  return i16x8.narrow_i32x4_s(i32x4.shr_s(a, shift), i32x4.shr_s(b, shift));
}

/**
 * Sums u8 rows into a fine row: `rows` points to 2 * `pairs` row addresses, `weights` to as many i16.
 * Whole vectors of 16 columns are read and written.
 */
export function sumRows(rows: usize, weights: usize, pairs: i32, columns: i32, to: usize): void {
  const round = i32x4.splat(1 << (DOWN_SHIFT - 1));
  const end = pairs << 3;
  for (let x = 0; x < columns; x += 16) {
    let a0 = round;
    let a1 = round;
    let a2 = round;
    let a3 = round;
    for (let t = 0; t < end; t += 8) {
      const upper = v128.load(<usize>load<u32>(rows + t) + x);
      const lower = v128.load(<usize>load<u32>(rows + t, 4) + x);
      const weight = v128.load32_splat(weights + (t >> 1));
      const left = i8x16.shuffle(upper, lower, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
      const right = i8x16.shuffle(upper, lower, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
      a0 = i32x4.add(a0, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(left), weight));
      a1 = i32x4.add(a1, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(left), weight));
      a2 = i32x4.add(a2, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(right), weight));
      a3 = i32x4.add(a3, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(right), weight));
    }
    v128.store(to, narrowed(a0, a1, DOWN_SHIFT));
    v128.store(to, narrowed(a2, a3, DOWN_SHIFT), 16);
    to += 32;
  }
}

/** The same for rows that are fine already (premultiplied colour, alpha). Vectors of 8 columns. */
export function sumFineRows(rows: usize, weights: usize, pairs: i32, columns: i32, to: usize): void {
  const round = i32x4.splat(1 << (WEIGHT_BITS - 1));
  const end = pairs << 3;
  for (let x = 0; x < columns; x += 8) {
    let a0 = round;
    let a1 = round;
    for (let t = 0; t < end; t += 8) {
      const upper = v128.load(<usize>load<u32>(rows + t) + (x << 1));
      const lower = v128.load(<usize>load<u32>(rows + t, 4) + (x << 1));
      const weight = v128.load32_splat(weights + (t >> 1));
      a0 = i32x4.add(a0, i32x4.dot_i16x8_s(i16x8.shuffle(upper, lower, 0, 8, 1, 9, 2, 10, 3, 11), weight));
      a1 = i32x4.add(a1, i32x4.dot_i16x8_s(i16x8.shuffle(upper, lower, 4, 12, 5, 13, 6, 14, 7, 15), weight));
    }
    v128.store(to + (x << 1), narrowed(a0, a1, WEIGHT_BITS));
  }
}

/** The products of one output, still in four parts. */
// @ts-ignore: decorator
@inline
function products(from: usize, weights: usize, bytes: i32): v128 {
  let sum = i32x4.dot_i16x8_s(v128.load(from), v128.load(weights));
  for (let t = 16; t < bytes; t += 16) {
    sum = i32x4.add(sum, i32x4.dot_i16x8_s(v128.load(from + t), v128.load(weights + t)));
  }
  return sum;
}

/** Four outputs' parts to four sums: a transpose by adding. */
// @ts-ignore: decorator
@inline
function gathered(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = i32x4.add(i32x4.shuffle(a, b, 0, 4, 1, 5), i32x4.shuffle(a, b, 2, 6, 3, 7));
  const cd = i32x4.add(i32x4.shuffle(c, d, 0, 4, 1, 5), i32x4.shuffle(c, d, 2, 6, 3, 7));
  return i32x4.add(i64x2.shuffle(ab, cd, 0, 2), i64x2.shuffle(ab, cd, 1, 3));
}

// @ts-ignore: decorator
@inline
function fourOutputs(from: usize, starts: usize, weights: usize, bytes: i32): v128 {
  return gathered(
    products(from + (load<u32>(starts) << 1), weights, bytes),
    products(from + (load<u32>(starts, 4) << 1), weights + bytes, bytes),
    products(from + (load<u32>(starts, 8) << 1), weights + 2 * bytes, bytes),
    products(from + (load<u32>(starts, 12) << 1), weights + 3 * bytes, bytes),
  );
}

/** A fine row to `count` u8 outputs (a multiple of 4 is written); `taps` is a multiple of 8. */
export function sumAlong(from: usize, starts: usize, weights: usize, taps: i32, count: i32, to: usize): void {
  const shift = WEIGHT_BITS + FINE_BITS;
  const round = i32x4.splat(1 << (shift - 1));
  const bytes = taps << 1;
  for (let i = 0; i < count; i += 4) {
    const sums = i32x4.shr_s(i32x4.add(fourOutputs(from, starts, weights, bytes), round), shift);
    const words = i16x8.narrow_i32x4_s(sums, sums);
    v128.store32_lane(to + i, i8x16.narrow_i16x8_u(words, words), 0);
    starts += 16;
    weights += bytes << 2;
  }
}

/** The same, keeping the fraction: i16 outputs within 0..255. */
export function sumAlongFine(from: usize, starts: usize, weights: usize, taps: i32, count: i32, to: usize): void {
  const round = i32x4.splat(1 << (WEIGHT_BITS - 1));
  const most = i16x8.splat(<i16>255 << <i16>FINE_BITS);
  const bytes = taps << 1;
  for (let i = 0; i < count; i += 4) {
    const sums = i32x4.shr_s(i32x4.add(fourOutputs(from, starts, weights, bytes), round), WEIGHT_BITS);
    const words = i16x8.min_s(i16x8.max_s(i16x8.narrow_i32x4_s(sums, sums), i16x8.splat(0)), most);
    v128.store64_lane(to + (i << 1), words, 0);
    starts += 16;
    weights += bytes << 2;
  }
}

/**
 * A fine row to exactly twice as many u8 samples, 3/4 of the nearer and 1/4 of the farther neighbour.
 * Writes the sample before `from` and the one after its end, which repeat the edge; 16 outputs a vector.
 */
export function doubleAlong(from: usize, count: i32, to: usize): void {
  store<u16>(from - 2, load<u16>(from));
  store<u16>(from + (count << 1), load<u16>(from + (count << 1) - 2));
  const round = i16x8.splat(<i16>1 << (<i16>FINE_BITS + 1));
  for (let i = 0; i < count; i += 8) {
    const here = v128.load(from + (i << 1));
    const thrice = i16x8.add(i16x8.add(i16x8.shl(here, 1), here), round);
    const even = i16x8.shr_u(i16x8.add(thrice, v128.load(from + (i << 1) - 2)), FINE_BITS + 2);
    const odd = i16x8.shr_u(i16x8.add(thrice, v128.load(from + (i << 1) + 2)), FINE_BITS + 2);
    v128.store(to + (i << 1), v128.or(even, i16x8.shl(odd, 8)));
  }
}

/** u8 samples to a fine row, where no rows are to be summed. */
export function refineRow(from: usize, columns: i32, to: usize): void {
  for (let x = 0; x < columns; x += 8) {
    v128.store(to + (x << 1), i16x8.shl(v128.load8x8_u(from + x), FINE_BITS));
  }
}
