// Planes to RGBA, 16 pixels at a time: YCbCr (full-range BT.601, as in JFIF), RGB, gray; and YCCK's inks.

// @ts-ignore: decorator
@inline
function interleave(r: v128, g: v128, b: v128, a: v128, to: usize): void {
  const rg0 = i8x16.shuffle(r, g, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const rg1 = i8x16.shuffle(r, g, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  const ba0 = i8x16.shuffle(b, a, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const ba1 = i8x16.shuffle(b, a, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  v128.store(to, i16x8.shuffle(rg0, ba0, 0, 8, 1, 9, 2, 10, 3, 11));
  v128.store(to, i16x8.shuffle(rg0, ba0, 4, 12, 5, 13, 6, 14, 7, 15), 16);
  v128.store(to, i16x8.shuffle(rg1, ba1, 0, 8, 1, 9, 2, 10, 3, 11), 32);
  v128.store(to, i16x8.shuffle(rg1, ba1, 4, 12, 5, 13, 6, 14, 7, 15), 48);
}

/** Red, green, blue planes to opaque RGBA. Writes whole groups of 16 pixels. */
export function joinRgb(red: usize, green: usize, blue: usize, count: i32, to: usize): void {
  const opaque = i8x16.splat(-1);
  for (let x = 0; x < count; x += 16) {
    interleave(v128.load(red + x), v128.load(green + x), v128.load(blue + x), opaque, to + (x << 2));
  }
}

// The whole parts of the factors are added as they are; these are what is left.
const R_CR: i16 = 13173; // 0.402 * 2^15
const B_CB: i16 = -7471; // -0.228 * 2^15 (1.772 - 2)
const G_CB: i16 = -22554; // -0.344136 * 2^16
const G_CR: i16 = 18734; // 0.285864 * 2^16 (1 - 0.714136)

// @ts-ignore: decorator
@inline
function green(y: v128, cb: v128, cr: v128): v128 {
  const factors = i16x8(G_CB, G_CR, G_CB, G_CR, G_CB, G_CR, G_CB, G_CR);
  const round = i32x4.splat(1 << 15);
  const low = i32x4.dot_i16x8_s(i16x8.shuffle(cb, cr, 0, 8, 1, 9, 2, 10, 3, 11), factors);
  const high = i32x4.dot_i16x8_s(i16x8.shuffle(cb, cr, 4, 12, 5, 13, 6, 14, 7, 15), factors);
  const sum = i16x8.narrow_i32x4_s(i32x4.shr_s(i32x4.add(low, round), 16), i32x4.shr_s(i32x4.add(high, round), 16));
  return i16x8.add(i16x8.sub(y, cr), sum);
}

// @ts-ignore: decorator
@inline
function red(y: v128, cr: v128): v128 {
  return i16x8.add(i16x8.add(y, cr), i16x8.q15mulr_sat_s(cr, i16x8.splat(R_CR)));
}

// @ts-ignore: decorator
@inline
function blue(y: v128, cb: v128): v128 {
  return i16x8.add(i16x8.add(y, i16x8.shl(cb, 1)), i16x8.q15mulr_sat_s(cb, i16x8.splat(B_CB)));
}

/** Y, Cb, Cr rows of the same width to opaque RGBA. Writes whole groups of 16 pixels. */
export function yccToRgba(luma: usize, blueness: usize, redness: usize, count: i32, to: usize): void {
  const middle = i16x8.splat(128);
  const opaque = i8x16.splat(-1);
  for (let x = 0; x < count; x += 16) {
    const y0 = v128.load8x8_u(luma + x);
    const y1 = v128.load8x8_u(luma + x, 8);
    const cb0 = i16x8.sub(v128.load8x8_u(blueness + x), middle);
    const cb1 = i16x8.sub(v128.load8x8_u(blueness + x, 8), middle);
    const cr0 = i16x8.sub(v128.load8x8_u(redness + x), middle);
    const cr1 = i16x8.sub(v128.load8x8_u(redness + x, 8), middle);
    interleave(
      i8x16.narrow_i16x8_u(red(y0, cr0), red(y1, cr1)),
      i8x16.narrow_i16x8_u(green(y0, cb0, cr0), green(y1, cb1, cr1)),
      i8x16.narrow_i16x8_u(blue(y0, cb0), blue(y1, cb1)),
      opaque,
      to + (x << 2),
    );
  }
}

/**
 * Y, Cb, Cr rows to cyan, magenta, yellow in place, as libjpeg has it: a YCCK picture's "RGB" is its inks
 * turned round. Whether 255 means full ink or none is the Adobe marker's affair, as with plain CMYK.
 */
export function yccToInks(luma: usize, blueness: usize, redness: usize, count: i32): void {
  const middle = i16x8.splat(128);
  for (let x = 0; x < count; x += 8) {
    const y = v128.load8x8_u(luma + x);
    const cb = i16x8.sub(v128.load8x8_u(blueness + x), middle);
    const cr = i16x8.sub(v128.load8x8_u(redness + x), middle);
    v128.store64_lane(luma + x, v128.not(i8x16.narrow_i16x8_u(red(y, cr), red(y, cr))), 0);
    v128.store64_lane(blueness + x, v128.not(i8x16.narrow_i16x8_u(green(y, cb, cr), green(y, cb, cr))), 0);
    v128.store64_lane(redness + x, v128.not(i8x16.narrow_i16x8_u(blue(y, cb), blue(y, cb))), 0);
  }
}
