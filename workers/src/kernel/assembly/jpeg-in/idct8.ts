// The 8x8 inverse DCT: Loeffler, Ligtenberg and Moschytz' in 13-bit fixed point, all eight columns at once.
//
// The same arithmetic, rounding included, as libjpeg's "islow" (the one that sharp and browsers use),
// so full-scale decoding equals theirs bit for bit. Products of two coefficients with two constants
// are one i32x4.dot_i16x8_s.

// Constants times 2^13, combined so that each output is a sum of pair products.
const K_0_541: i16 = 4433;
const K_0_541_PLUS_0_765: i16 = 10703;
const K_0_541_MINUS_1_847: i16 = -10704;
const K_1_175: i16 = 9633;
const K_1_175_MINUS_1_961: i16 = -6436;
const K_1_175_MINUS_0_390: i16 = 6437;
const K_0_298_MINUS_0_899: i16 = -4927;
const K_0_899: i16 = -7373;
const K_1_501_MINUS_0_899: i16 = 4926;
const K_2_053_MINUS_2_562: i16 = -4176;
const K_2_562: i16 = -20995;
const K_3_072_MINUS_2_562: i16 = 4177;

// @ts-ignore: decorator
@inline
function pair(a: i16, b: i16): v128 {
  return i16x8(a, b, a, b, a, b, a, b);
}

// @ts-ignore: decorator
@inline
function low(a: v128, b: v128): v128 {
  return i16x8.shuffle(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}

// @ts-ignore: decorator
@inline
function high(a: v128, b: v128): v128 {
  return i16x8.shuffle(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}

// @ts-ignore: decorator
@inline
function dot(a: v128, b: v128): v128 {
  return i32x4.dot_i16x8_s(a, b);
}

/**
 * Half of a one-dimensional pass (four of the eight columns): the arguments hold inputs in interleaved
 * pairs, `odd37` being (in7 + in3, in5 + in1). Stores eight i32x4 at `to`, rounded by `shift`.
 */
// @ts-ignore: decorator
@inline
function halfPass(in04: v128, in26: v128, in71: v128, in53: v128, sums: v128, shift: i32, to: usize): void {
  const round = i32x4.splat(1 << (shift - 1));
  const even0 = i32x4.add(dot(in04, pair(8192, 8192)), round);
  const even1 = i32x4.add(dot(in04, pair(8192, -8192)), round);
  const even2 = dot(in26, pair(K_0_541, K_0_541_MINUS_1_847));
  const even3 = dot(in26, pair(K_0_541_PLUS_0_765, K_0_541));
  const e0 = i32x4.add(even0, even3);
  const e3 = i32x4.sub(even0, even3);
  const e1 = i32x4.add(even1, even2);
  const e2 = i32x4.sub(even1, even2);

  const z3 = dot(sums, pair(K_1_175_MINUS_1_961, K_1_175));
  const z4 = dot(sums, pair(K_1_175, K_1_175_MINUS_0_390));
  const o0 = i32x4.add(dot(in71, pair(K_0_298_MINUS_0_899, K_0_899)), z3);
  const o3 = i32x4.add(dot(in71, pair(K_0_899, K_1_501_MINUS_0_899)), z4);
  const o1 = i32x4.add(dot(in53, pair(K_2_053_MINUS_2_562, K_2_562)), z4);
  const o2 = i32x4.add(dot(in53, pair(K_2_562, K_3_072_MINUS_2_562)), z3);

  v128.store(to, i32x4.shr_s(i32x4.add(e0, o3), shift));
  v128.store(to, i32x4.shr_s(i32x4.add(e1, o2), shift), 16);
  v128.store(to, i32x4.shr_s(i32x4.add(e2, o1), shift), 32);
  v128.store(to, i32x4.shr_s(i32x4.add(e3, o0), shift), 48);
  v128.store(to, i32x4.shr_s(i32x4.sub(e3, o0), shift), 64);
  v128.store(to, i32x4.shr_s(i32x4.sub(e2, o1), shift), 80);
  v128.store(to, i32x4.shr_s(i32x4.sub(e1, o2), shift), 96);
  v128.store(to, i32x4.shr_s(i32x4.sub(e0, o3), shift), 112);
}

/** The two halves' results, 8 x i32x4 each. */
const halves = memory.data(256, 16);

// @ts-ignore: decorator
@inline
function joined(index: usize): v128 {
  return i16x8.narrow_i32x4_s(v128.load(halves + index * 16), v128.load(halves + 128 + index * 16));
}

// @ts-ignore: decorator
@inline
function pass(a0: v128, a1: v128, a2: v128, a3: v128, a4: v128, a5: v128, a6: v128, a7: v128, shift: i32): void {
  const s73 = i16x8.add(a7, a3);
  const s51 = i16x8.add(a5, a1);
  halfPass(low(a0, a4), low(a2, a6), low(a7, a1), low(a5, a3), low(s73, s51), shift, halves);
  halfPass(high(a0, a4), high(a2, a6), high(a7, a1), high(a5, a3), high(s73, s51), shift, halves + 128);
}

/** Coefficients (64 i16, row by row) to 8x8 samples at `to`; clears the coefficients. */
export function idct8(from: usize, to: usize, stride: usize): void {
  const zero = i64x2.splat(0);
  pass(
    v128.load(from), v128.load(from, 16), v128.load(from, 32), v128.load(from, 48),
    v128.load(from, 64), v128.load(from, 80), v128.load(from, 96), v128.load(from, 112), 11,
  );
  for (let i: usize = 0; i < 128; i += 16) v128.store(from + i, zero);

  // Transpose: 16-bit, then 32-bit, then 64-bit interleaving.
  const r0 = joined(0), r1 = joined(1), r2 = joined(2), r3 = joined(3);
  const r4 = joined(4), r5 = joined(5), r6 = joined(6), r7 = joined(7);
  const a0 = low(r0, r1), a1 = high(r0, r1), a2 = low(r2, r3), a3 = high(r2, r3);
  const a4 = low(r4, r5), a5 = high(r4, r5), a6 = low(r6, r7), a7 = high(r6, r7);
  const b0 = i32x4.shuffle(a0, a2, 0, 4, 1, 5), b1 = i32x4.shuffle(a0, a2, 2, 6, 3, 7);
  const b2 = i32x4.shuffle(a1, a3, 0, 4, 1, 5), b3 = i32x4.shuffle(a1, a3, 2, 6, 3, 7);
  const b4 = i32x4.shuffle(a4, a6, 0, 4, 1, 5), b5 = i32x4.shuffle(a4, a6, 2, 6, 3, 7);
  const b6 = i32x4.shuffle(a5, a7, 0, 4, 1, 5), b7 = i32x4.shuffle(a5, a7, 2, 6, 3, 7);
  pass(
    i64x2.shuffle(b0, b4, 0, 2), i64x2.shuffle(b0, b4, 1, 3), i64x2.shuffle(b1, b5, 0, 2), i64x2.shuffle(b1, b5, 1, 3),
    i64x2.shuffle(b2, b6, 0, 2), i64x2.shuffle(b2, b6, 1, 3), i64x2.shuffle(b3, b7, 0, 2), i64x2.shuffle(b3, b7, 1, 3), 18,
  );

  // Columns now; to samples around 128, then a transpose of bytes back to rows.
  const bias = i8x16.splat(-128);
  const c01 = v128.xor(i8x16.narrow_i16x8_s(joined(0), joined(1)), bias);
  const c23 = v128.xor(i8x16.narrow_i16x8_s(joined(2), joined(3)), bias);
  const c45 = v128.xor(i8x16.narrow_i16x8_s(joined(4), joined(5)), bias);
  const c67 = v128.xor(i8x16.narrow_i16x8_s(joined(6), joined(7)), bias);
  const d01 = i8x16.shuffle(c01, c01, 0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15);
  const d23 = i8x16.shuffle(c23, c23, 0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15);
  const d45 = i8x16.shuffle(c45, c45, 0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15);
  const d67 = i8x16.shuffle(c67, c67, 0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15);
  const e0 = low(d01, d23), e1 = high(d01, d23), e2 = low(d45, d67), e3 = high(d45, d67);
  const f0 = i32x4.shuffle(e0, e2, 0, 4, 1, 5), f1 = i32x4.shuffle(e0, e2, 2, 6, 3, 7);
  const f2 = i32x4.shuffle(e1, e3, 0, 4, 1, 5), f3 = i32x4.shuffle(e1, e3, 2, 6, 3, 7);
  v128.store64_lane(to, f0, 0);
  v128.store64_lane((to += stride), f0, 1);
  v128.store64_lane((to += stride), f1, 0);
  v128.store64_lane((to += stride), f1, 1);
  v128.store64_lane((to += stride), f2, 0);
  v128.store64_lane((to += stride), f2, 1);
  v128.store64_lane((to += stride), f3, 0);
  v128.store64_lane(to + stride, f3, 1);
}
