// RGBA rows to planes and back. Opaque rows go as three u8 planes; with alpha they go as four fine
// planes, colour multiplied by alpha first: otherwise the colour of invisible pixels would bleed in.

import { FINE_BITS } from "./rows";

/** 16 pixels' red, green and blue to u8 planes. Reads and writes whole groups. */
export function splitOpaque(from: usize, count: i32, red: usize, green: usize, blue: usize): void {
  for (let x = 0; x < count; x += 16) {
    const a = v128.load(from);
    const b = v128.load(from, 16);
    const c = v128.load(from, 32);
    const d = v128.load(from, 48);
    from += 64;
    // Four of each channel together, then sixteen.
    const p = i8x16.shuffle(a, b, 0, 4, 8, 12, 16, 20, 24, 28, 1, 5, 9, 13, 17, 21, 25, 29);
    const q = i8x16.shuffle(c, d, 0, 4, 8, 12, 16, 20, 24, 28, 1, 5, 9, 13, 17, 21, 25, 29);
    const r = i8x16.shuffle(a, b, 2, 6, 10, 14, 18, 22, 26, 30, 2, 6, 10, 14, 18, 22, 26, 30);
    const s = i8x16.shuffle(c, d, 2, 6, 10, 14, 18, 22, 26, 30, 2, 6, 10, 14, 18, 22, 26, 30);
    v128.store(red + x, i64x2.shuffle(p, q, 0, 2));
    v128.store(green + x, i64x2.shuffle(p, q, 1, 3));
    v128.store(blue + x, i64x2.shuffle(r, s, 0, 2));
  }
}

/** One channel of four pixels, as i32. */
// @ts-ignore: decorator
@inline
function channel(pixels: v128, shift: i32): v128 {
  return v128.and(i32x4.shr_u(pixels, shift), i32x4.splat(255));
}

/** colour * alpha / 255, with FINE_BITS of fraction: 255 * 255 * 64 * 257 >> 16 needs unsigned 32 bits. */
// @ts-ignore: decorator
@inline
function premultiplied(colour: v128, alpha: v128): v128 {
  const product = i32x4.shl(i32x4.mul(colour, alpha), FINE_BITS);
  return i32x4.trunc_sat_f32x4_s(f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(product), f32x4.splat(<f32>(1.0 / 255.0))), f32x4.splat(0.5)));
}

/** To four fine planes, colour premultiplied. Groups of 4 pixels. */
export function splitAlpha(from: usize, count: i32, red: usize, green: usize, blue: usize, alpha: usize): void {
  for (let x = 0; x < count; x += 4) {
    const pixels = v128.load(from + (x << 2));
    const a = channel(pixels, 24);
    const rg = i16x8.narrow_i32x4_s(premultiplied(channel(pixels, 0), a), premultiplied(channel(pixels, 8), a));
    const ba = i16x8.narrow_i32x4_s(premultiplied(channel(pixels, 16), a), i32x4.shl(a, FINE_BITS));
    v128.store64_lane(red + (x << 1), rg, 0);
    v128.store64_lane(green + (x << 1), rg, 1);
    v128.store64_lane(blue + (x << 1), ba, 0);
    v128.store64_lane(alpha + (x << 1), ba, 1);
  }
}

/** Premultiplied fine colour by 255 / alpha, rounded and clamped to a byte in each i32. */
// @ts-ignore: decorator
@inline
function divided(from: usize, factor: v128): v128 {
  const colour = f32x4.convert_i32x4_s(v128.load16x4_s(from));
  const value = i32x4.trunc_sat_f32x4_s(f32x4.add(f32x4.mul(colour, factor), f32x4.splat(0.5)));
  return i32x4.min_s(value, i32x4.splat(255));
}

/** Back to straight RGBA. Groups of 4 pixels; wholly transparent ones become 0. */
export function joinAlpha(red: usize, green: usize, blue: usize, alpha: usize, count: i32, to: usize): void {
  for (let x = 0; x < count; x += 4) {
    const fine = v128.load16x4_s(alpha + (x << 1));
    const visible = i32x4.gt_s(fine, i32x4.splat(0));
    const factor = v128.and(f32x4.div(f32x4.splat(255), f32x4.convert_i32x4_s(fine)), visible);
    const a = i32x4.shr_s(i32x4.add(fine, i32x4.splat(1 << (FINE_BITS - 1))), FINE_BITS);
    const r = divided(red + (x << 1), factor);
    const g = i32x4.shl(divided(green + (x << 1), factor), 8);
    const b = i32x4.shl(divided(blue + (x << 1), factor), 16);
    v128.store(to + (x << 2), v128.or(v128.or(r, g), v128.or(b, i32x4.shl(a, 24))));
  }
}
