// One 8x8 block of samples to quantised coefficients: forward DCT, then division by reciprocals.
//
// The transform is the "accurate integer" algorithm of Loeffler, Ligtenberg and Moschytz (ICASSP 1989)
// with 13-bit constants, rows first, rounded where libjpeg's islow rounds: coefficients come out equal
// bit for bit. Each multiplication of the flow graph is half of an i16 dot product.

import { scaledQuantiser, ZIGZAG } from "./tables";

const CONST_BITS = 13;
const PASS1_BITS = 2;
/** A half at PASS1_BITS. */
const HALF: i16 = 2;

// round(x * 2^13) of the constants in the paper's figure.
const F0_298: i16 = 2446;
const F0_390: i16 = 3196;
const F0_541: i16 = 4433;
const F0_765: i16 = 6270;
const F0_899: i16 = 7373;
const F1_175: i16 = 9633;
const F1_501: i16 = 12299;
const F1_847: i16 = 15137;
const F1_961: i16 = 16069;
const F2_053: i16 = 16819;
const F2_562: i16 = 20995;
const F3_072: i16 = 25172;

/** For each of the two quantiser tables: 64 reciprocals, 64 roundings, 64 scales (u16, natural order). */
const DIVISORS = memory.data(2 * 3 * 128, 16);
/** zigzagBits[row][byte]: which zigzag positions a row's eight non-zero flags stand for. */
const ZIGZAG_BITS = memory.data(8 * 256 * 8, 16);
const SCRATCH = memory.data(128, 16);
let zigzagReady = false;

@inline
function pair(a: i16, b: i16): v128 {
  return i16x8(a, b, a, b, a, b, a, b);
}

@inline
function lows(a: v128, b: v128): v128 {
  return v128.shuffle<i16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}

@inline
function highs(a: v128, b: v128): v128 {
  return v128.shuffle<i16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}

@inline
function descale(low: v128, high: v128, bits: i32): v128 {
  const round = i32x4.splat(1 << (bits - 1));
  return i16x8.narrow_i32x4_s(
    i32x4.shr_s(i32x4.add(low, round), bits),
    i32x4.shr_s(i32x4.add(high, round), bits),
  );
}

/** A one-dimensional DCT of eight lines at once, transposing on the way in. `dst` may be `src`. */
@inline
function pass(src: usize, stride: usize, dst: usize, first: bool): void {
  let d0: v128, d1: v128, d2: v128, d3: v128, d4: v128, d5: v128, d6: v128, d7: v128;
  if (first) {
    const centre = i16x8.splat(128);
    d0 = i16x8.sub(v128.load_ext<u8>(src), centre);
    d1 = i16x8.sub(v128.load_ext<u8>(src + stride), centre);
    d2 = i16x8.sub(v128.load_ext<u8>(src + 2 * stride), centre);
    d3 = i16x8.sub(v128.load_ext<u8>(src + 3 * stride), centre);
    d4 = i16x8.sub(v128.load_ext<u8>(src + 4 * stride), centre);
    d5 = i16x8.sub(v128.load_ext<u8>(src + 5 * stride), centre);
    d6 = i16x8.sub(v128.load_ext<u8>(src + 6 * stride), centre);
    d7 = i16x8.sub(v128.load_ext<u8>(src + 7 * stride), centre);
  } else {
    d0 = v128.load(src);
    d1 = v128.load(src, 16);
    d2 = v128.load(src, 32);
    d3 = v128.load(src, 48);
    d4 = v128.load(src, 64);
    d5 = v128.load(src, 80);
    d6 = v128.load(src, 96);
    d7 = v128.load(src, 112);
  }

  // Transpose: interleave rows 4 apart, then again, then again.
  let a0 = lows(d0, d4), a1 = highs(d0, d4), a2 = lows(d1, d5), a3 = highs(d1, d5);
  let a4 = lows(d2, d6), a5 = highs(d2, d6), a6 = lows(d3, d7), a7 = highs(d3, d7);
  const b0 = lows(a0, a4), b1 = highs(a0, a4), b2 = lows(a1, a5), b3 = highs(a1, a5);
  const b4 = lows(a2, a6), b5 = highs(a2, a6), b6 = lows(a3, a7), b7 = highs(a3, a7);
  d0 = lows(b0, b4);
  d1 = highs(b0, b4);
  d2 = lows(b1, b5);
  d3 = highs(b1, b5);
  d4 = lows(b2, b6);
  d5 = highs(b2, b6);
  d6 = lows(b3, b7);
  d7 = highs(b3, b7);

  const t0 = i16x8.add(d0, d7), t7 = i16x8.sub(d0, d7);
  const t1 = i16x8.add(d1, d6), t6 = i16x8.sub(d1, d6);
  const t2 = i16x8.add(d2, d5), t5 = i16x8.sub(d2, d5);
  const t3 = i16x8.add(d3, d4), t4 = i16x8.sub(d3, d4);

  // Even part.
  const t10 = i16x8.add(t0, t3), t13 = i16x8.sub(t0, t3);
  const t11 = i16x8.add(t1, t2), t12 = i16x8.sub(t1, t2);
  const bits = first ? CONST_BITS - PASS1_BITS : CONST_BITS + PASS1_BITS;
  const sum = i16x8.add(t10, t11), difference = i16x8.sub(t10, t11);
  if (first) {
    v128.store(dst, i16x8.shl(sum, PASS1_BITS));
    v128.store(dst, i16x8.shl(difference, PASS1_BITS), 64);
  } else {
    const round = i16x8.splat(HALF);
    v128.store(dst, i16x8.shr_s(i16x8.add(sum, round), PASS1_BITS));
    v128.store(dst, i16x8.shr_s(i16x8.add(difference, round), PASS1_BITS), 64);
  }
  const evenLow = lows(t13, t12), evenHigh = highs(t13, t12);
  const k2 = pair(F0_541 + F0_765, F0_541), k6 = pair(F0_541, F0_541 - F1_847);
  v128.store(dst, descale(i32x4.dot_i16x8_s(evenLow, k2), i32x4.dot_i16x8_s(evenHigh, k2), bits), 32);
  v128.store(dst, descale(i32x4.dot_i16x8_s(evenLow, k6), i32x4.dot_i16x8_s(evenHigh, k6), bits), 96);

  // Odd part.
  const z3 = i16x8.add(t4, t6), z4 = i16x8.add(t5, t7);
  const zLow = lows(z3, z4), zHigh = highs(z3, z4);
  const k3 = pair(F1_175 - F1_961, F1_175), k4 = pair(F1_175, F1_175 - F0_390);
  const z3Low = i32x4.dot_i16x8_s(zLow, k3), z3High = i32x4.dot_i16x8_s(zHigh, k3);
  const z4Low = i32x4.dot_i16x8_s(zLow, k4), z4High = i32x4.dot_i16x8_s(zHigh, k4);
  const low47 = lows(t4, t7), high47 = highs(t4, t7), low56 = lows(t5, t6), high56 = highs(t5, t6);
  const o7 = pair(F0_298 - F0_899, -F0_899), o1 = pair(-F0_899, F1_501 - F0_899);
  const o5 = pair(F2_053 - F2_562, -F2_562), o3 = pair(-F2_562, F3_072 - F2_562);
  v128.store(dst, descale(
    i32x4.add(i32x4.dot_i16x8_s(low47, o7), z3Low), i32x4.add(i32x4.dot_i16x8_s(high47, o7), z3High), bits), 112);
  v128.store(dst, descale(
    i32x4.add(i32x4.dot_i16x8_s(low47, o1), z4Low), i32x4.add(i32x4.dot_i16x8_s(high47, o1), z4High), bits), 16);
  v128.store(dst, descale(
    i32x4.add(i32x4.dot_i16x8_s(low56, o5), z4Low), i32x4.add(i32x4.dot_i16x8_s(high56, o5), z4High), bits), 80);
  v128.store(dst, descale(
    i32x4.add(i32x4.dot_i16x8_s(low56, o3), z3Low), i32x4.add(i32x4.dot_i16x8_s(high56, o3), z3High), bits), 48);
}

@inline
function highProduct(a: v128, b: v128): v128 {
  return i16x8.narrow_i32x4_u(
    i32x4.shr_u(i32x4.extmul_low_i16x8_u(a, b), 16),
    i32x4.shr_u(i32x4.extmul_high_i16x8_u(a, b), 16),
  );
}

/** Divides eight coefficients, rounding halves away from zero. */
@inline
function divide(block: usize, divisors: usize, offset: usize): v128 {
  const x = v128.load(block + offset);
  const rounded = i16x8.add(i16x8.abs(x), v128.load(divisors + offset, 128));
  const q = highProduct(highProduct(rounded, v128.load(divisors + offset)), v128.load(divisors + offset, 256));
  const sign = i16x8.shr_s(x, 15);
  const signed = i16x8.sub(v128.xor(q, sign), sign);
  v128.store(block + offset, signed);
  return signed;
}

@inline
function nonZero(a: v128, b: v128): i32 {
  return i8x16.bitmask(i8x16.ne(i8x16.narrow_i16x8_s(a, b), i8x16.splat(0)));
}

@inline
function zigzagBits(row: i32, flags: i32): u64 {
  return load<u64>(ZIGZAG_BITS + ((row << 11) | (flags << 3)));
}

/**
 * Transforms and quantises the 8x8 samples at `src` into 64 i16 at `block` (natural order).
 * Answers which coefficients are not zero: bit k for the k-th of the zigzag order.
 */
export function transformBlock(src: usize, stride: usize, table: i32, block: usize): u64 {
  pass(src, stride, SCRATCH, true);
  pass(SCRATCH, 0, block, false);
  const divisors = DIVISORS + <usize>table * 384;
  const f01 = nonZero(divide(block, divisors, 0), divide(block, divisors, 16));
  const f23 = nonZero(divide(block, divisors, 32), divide(block, divisors, 48));
  const f45 = nonZero(divide(block, divisors, 64), divide(block, divisors, 80));
  const f67 = nonZero(divide(block, divisors, 96), divide(block, divisors, 112));
  return zigzagBits(0, f01 & 255) | zigzagBits(1, f01 >> 8)
    | zigzagBits(2, f23 & 255) | zigzagBits(3, f23 >> 8)
    | zigzagBits(4, f45 & 255) | zigzagBits(5, f45 >> 8)
    | zigzagBits(6, f67 & 255) | zigzagBits(7, f67 >> 8);
}

/** Prepares table 0 (luma) or 1 (chroma) for a quality. */
export function prepareDivisors(table: i32, base: usize, quality: i32): void {
  if (!zigzagReady) fillZigzagBits();
  for (let i = 0; i < 64; i++) {
    // The transform leaves its output 8 times too large.
    storeReciprocal(DIVISORS + table * 384 + i * 2, scaledQuantiser(base, i, quality) << 3);
  }
}

/**
 * floor((x + d/2) / d) as two 16-bit high products: x' = x + correction, (x' * reciprocal * scale) >> 32.
 * Agner Fog, "Optimizing subroutines in assembly language", 16.9: unsigned division by a constant.
 */
function storeReciprocal(at: usize, divisor: i32): void {
  const b = 31 - clz(divisor);
  let shift = 16 + b;
  let reciprocal = (1 << shift) / divisor;
  const rest = (1 << shift) % divisor;
  let correction = divisor >> 1;
  if (rest == 0) {
    reciprocal >>= 1;
    shift--;
  } else if (rest <= divisor >> 1) correction++;
  else reciprocal++;
  store<u16>(at, <u16>reciprocal);
  store<u16>(at + 128, <u16>correction);
  const scale = 1 << (32 - shift);
  store<u16>(at + 256, <u16>scale);
}

function fillZigzagBits(): void {
  for (let k = 0; k < 64; k++) {
    const natural = <i32>load<u8>(ZIGZAG + k);
    const row = natural >> 3, column = natural & 7;
    for (let flags = 0; flags < 256; flags++) {
      if (!(flags & (1 << column))) continue;
      const at = ZIGZAG_BITS + ((row << 11) | (flags << 3));
      store<u64>(at, load<u64>(at) | ((<u64>1) << k));
    }
  }
  zigzagReady = true;
}
