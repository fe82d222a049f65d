// RGBA rows to full-range YCbCr (JFIF 1.02, page 3; BT.601 weights), 16-bit fixed point as libjpeg rounds.

// round(x * 2^16). Weights of a half and more don't fit an i16: 0.587 goes as 0.337 + 0.25, 0.5 as 0.25 twice.
const Y_R: i16 = 19595;
const Y_G: i16 = 22086;
const Y_B: i16 = 7471;
const QUARTER: i16 = 16384;
const CB_R: i16 = -11059;
const CB_G: i16 = -21709;
const CR_G: i16 = -27439;
const CR_B: i16 = -5329;
const ROUND = 32768;
const CHROMA_CENTRE = (128 << 16) + 32767;

@inline
function pair(a: i16, b: i16): v128 {
  return i16x8(a, b, a, b, a, b, a, b);
}

/** Channels `a` and `b` of four pixels as i16 pairs. 16 and above selects zero. */
@inline
function redGreen(p: v128): v128 {
  return v128.swizzle(p, i8x16(0, 16, 1, 16, 4, 16, 5, 16, 8, 16, 9, 16, 12, 16, 13, 16));
}

@inline
function blueGreen(p: v128): v128 {
  return v128.swizzle(p, i8x16(2, 16, 1, 16, 6, 16, 5, 16, 10, 16, 9, 16, 14, 16, 13, 16));
}

@inline
function redTwice(p: v128): v128 {
  return v128.swizzle(p, i8x16(0, 16, 0, 16, 4, 16, 4, 16, 8, 16, 8, 16, 12, 16, 12, 16));
}

@inline
function blueTwice(p: v128): v128 {
  return v128.swizzle(p, i8x16(2, 16, 2, 16, 6, 16, 6, 16, 10, 16, 10, 16, 14, 16, 14, 16));
}

@inline
function luma(p: v128): v128 {
  const sum = i32x4.add(
    i32x4.dot_i16x8_s(redGreen(p), pair(Y_R, Y_G)),
    i32x4.dot_i16x8_s(blueGreen(p), pair(Y_B, QUARTER)),
  );
  return i32x4.shr_u(i32x4.add(sum, i32x4.splat(ROUND)), 16);
}

@inline
function chromaBlue(p: v128): v128 {
  const sum = i32x4.add(
    i32x4.dot_i16x8_s(redGreen(p), pair(CB_R, CB_G)),
    i32x4.dot_i16x8_s(blueTwice(p), pair(QUARTER, QUARTER)),
  );
  return i32x4.shr_u(i32x4.add(sum, i32x4.splat(CHROMA_CENTRE)), 16);
}

@inline
function chromaRed(p: v128): v128 {
  const sum = i32x4.add(
    i32x4.dot_i16x8_s(redTwice(p), pair(QUARTER, QUARTER)),
    i32x4.dot_i16x8_s(blueGreen(p), pair(CR_B, CR_G)),
  );
  return i32x4.shr_u(i32x4.add(sum, i32x4.splat(CHROMA_CENTRE)), 16);
}

@inline
function bytes(a: v128, b: v128, c: v128, d: v128): v128 {
  return i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d));
}

/**
 * One row. Sixteen pixels at a time: up to 15 pixels past `width` are read and written, so every
 * row's buffer must be that much longer.
 */
export function rowToYcc(rgba: usize, width: i32, y: usize, cb: usize, cr: usize): void {
  for (let x: usize = 0; x < <usize>width; x += 16) {
    const p0 = v128.load(rgba + x * 4), p1 = v128.load(rgba + x * 4, 16);
    const p2 = v128.load(rgba + x * 4, 32), p3 = v128.load(rgba + x * 4, 48);
    v128.store(y + x, bytes(luma(p0), luma(p1), luma(p2), luma(p3)));
    v128.store(cb + x, bytes(chromaBlue(p0), chromaBlue(p1), chromaBlue(p2), chromaBlue(p3)));
    v128.store(cr + x, bytes(chromaRed(p0), chromaRed(p1), chromaRed(p2), chromaRed(p3)));
  }
}

/** One row of luma alone, for gray pictures. */
export function rowToLuma(rgba: usize, width: i32, y: usize): void {
  for (let x: usize = 0; x < <usize>width; x += 16) {
    const p = rgba + x * 4;
    v128.store(y + x, bytes(luma(v128.load(p)), luma(v128.load(p, 16)), luma(v128.load(p, 32)), luma(v128.load(p, 48))));
  }
}

/** Two rows averaged 2x2 into one of half the width; halves are rounded down and up in turn, as in libjpeg. */
export function halveRows(upper: usize, lower: usize, out: usize, outWidth: i32): void {
  const bias = i16x8(1, 2, 1, 2, 1, 2, 1, 2);
  for (let x: usize = 0; x < <usize>outWidth; x += 16) {
    const left = quarter(v128.load(upper + 2 * x), v128.load(lower + 2 * x), bias);
    const right = quarter(v128.load(upper + 2 * x, 16), v128.load(lower + 2 * x, 16), bias);
    v128.store(out + x, i8x16.narrow_i16x8_u(left, right));
  }
}

@inline
function quarter(a: v128, b: v128, bias: v128): v128 {
  const sum = i16x8.add(i16x8.extadd_pairwise_i8x16_u(a), i16x8.extadd_pairwise_i8x16_u(b));
  return i16x8.shr_u(i16x8.add(sum, bias), 2);
}
