// Inverse DCTs of the reduced scales, on coefficients that dequant.ts has folded, and flat blocks.

import { FOLD_BITS } from "./dequant";

const C1: i16 = 15137; // cos(pi/8) * 2^14
const C2: i16 = 11585; // cos(pi/4)
const C3: i16 = 6270; // cos(3 pi/8)
const ONE: i16 = 16384;

// @ts-ignore: decorator
@inline
function dots(a: v128, b: v128, a0: i16, a1: i16, b0: i16, b1: i16): v128 {
  return i32x4.add(
    i32x4.dot_i16x8_s(a, i16x8(a0, a1, a0, a1, a0, a1, a0, a1)),
    i32x4.dot_i16x8_s(b, i16x8(b0, b1, b0, b1, b0, b1, b0, b1)),
  );
}

// @ts-ignore: decorator
@inline
function rounded(sum: v128): v128 {
  return i32x4.shr_s(i32x4.add(sum, i32x4.splat(1 << 13)), 14);
}

// @ts-ignore: decorator
@inline
function sample(sum: v128): v128 {
  const shift = 14 + FOLD_BITS;
  return i32x4.shr_s(i32x4.add(sum, i32x4.splat((128 << shift) + (1 << (shift - 1)))), shift);
}

/** 4x4: each output is a sum of four products, two by two in a dot product. Clears the coefficients. */
export function idct4(from: usize, to: usize, stride: usize): void {
  // Rows 0 and 1 interleaved, rows 2 and 3 interleaved.
  const a = v128.load(from);
  const b = v128.load(from, 16);
  v128.store(from, i64x2.splat(0));
  v128.store(from, i64x2.splat(0), 16);
  const t01 = i16x8.narrow_i32x4_s(rounded(dots(a, b, ONE, C1, C2, C3)), rounded(dots(a, b, ONE, C3, -C2, -C1)));
  const t23 = i16x8.narrow_i32x4_s(rounded(dots(a, b, ONE, -C3, -C2, C1)), rounded(dots(a, b, ONE, -C1, C2, -C3)));
  // Columns 0 and 1 of the four rows, columns 2 and 3.
  const p = i32x4.shuffle(t01, t23, 0, 2, 4, 6);
  const q = i32x4.shuffle(t01, t23, 1, 3, 5, 7);
  const x01 = i16x8.narrow_i32x4_s(sample(dots(p, q, ONE, C1, C2, C3)), sample(dots(p, q, ONE, C3, -C2, -C1)));
  const x23 = i16x8.narrow_i32x4_s(sample(dots(p, q, ONE, -C3, -C2, C1)), sample(dots(p, q, ONE, -C1, C2, -C3)));
  const columns = i8x16.narrow_i16x8_u(x01, x23);
  const rows = i8x16.shuffle(columns, columns, 0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
  v128.store32_lane(to, rows, 0);
  v128.store32_lane((to += stride), rows, 1);
  v128.store32_lane((to += stride), rows, 2);
  v128.store32_lane(to + stride, rows, 3);
}

// @ts-ignore: decorator
@inline
export function clamp(value: i32): i32 {
  return min(max(value, 0), 255);
}

/** 2x2: sums and differences. Clears the coefficients. */
export function idct2(from: usize, to: usize, stride: usize): void {
  const c00 = <i32>load<i16>(from) + (128 << FOLD_BITS) + (1 << (FOLD_BITS - 1));
  const c01 = <i32>load<i16>(from, 2);
  const c10 = <i32>load<i16>(from, 4);
  const c11 = <i32>load<i16>(from, 6);
  store<u64>(from, 0);
  const left = c00 + c01;
  const right = c00 - c01;
  store<u8>(to, clamp((left + c10 + c11) >> FOLD_BITS));
  store<u8>(to, clamp((right + c10 - c11) >> FOLD_BITS), 1);
  store<u8>(to + stride, clamp((left - c10 - c11) >> FOLD_BITS));
  store<u8>(to + stride, clamp((right - c10 + c11) >> FOLD_BITS), 1);
}

/** A block of nothing but a DC coefficient, or a lost one: all samples `value`. */
export function fillBlock(value: i32, to: usize, stride: usize, side: i32): void {
  if (side == 8) {
    const eight = <u64>value * 0x0101010101010101;
    for (let y = 0; y < 8; y++, to += stride) store<u64>(to, eight);
  } else if (side == 4) {
    const four = <u32>value * 0x01010101;
    for (let y = 0; y < 4; y++, to += stride) store<u32>(to, four);
  } else if (side == 2) {
    store<u16>(to, <u16>(value * 0x0101));
    store<u16>(to + stride, <u16>(value * 0x0101));
  } else {
    store<u8>(to, <u8>value);
  }
}

/** The sample value of a block whose scaled DC coefficient is `dc`. */
// @ts-ignore: decorator
@inline
export function flatSample(dc: i32, side: i32): i32 {
  const bits = side == 8 ? 3 : FOLD_BITS;
  return clamp(((dc + (1 << (bits - 1))) >> bits) + 128);
}
