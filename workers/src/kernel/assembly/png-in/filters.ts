// Undoing PNG's row filters (PNG 3rd edition, section 9): filtered bytes to the bytes of the picture.
//
// `out` is another buffer than `src`, because pixels of three bytes are stored with four. Rows of both
// buffers need 16 bytes of room behind them. `above` is the row before, zeros for a first row.

const NONE = 0, SUB = 1, UP = 2, AVERAGE = 3, PAETH = 4;
const CARRY_LANES = memory.data(16, 16);

/** False: no such filter. `step` is the bytes of a whole pixel, at least 1 (section 9.2). */
export function unfilter(kind: i32, src: usize, above: usize, out: usize, bytes: usize, step: i32): bool {
  if (kind == NONE) memory.copy(out, src, bytes);
  else if (kind == SUB) sub(src, out, bytes, step);
  else if (kind == UP) up(src, above, out, bytes);
  else if (kind == AVERAGE) average(src, above, out, bytes, step);
  else if (kind == PAETH) paeth(src, above, out, bytes, step);
  else return false;
  return true;
}

function up(src: usize, above: usize, out: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    v128.store(out + i, i8x16.add(v128.load(src + i), v128.load(above + i)));
  }
}

/** Each pixel adds the one before: a prefix sum, in log2(pixels) shifted additions a vector. */
function sub(src: usize, out: usize, bytes: usize, step: i32): void {
  const lane = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  // A swizzle index below 0 is above 15 unsigned, and gives 0: a shift by whole pixels.
  const by1 = i8x16.sub(lane, i8x16.splat(<i8>step));
  const by2 = i8x16.sub(lane, i8x16.splat(<i8>min(step * 2, 16)));
  const by4 = i8x16.sub(lane, i8x16.splat(<i8>min(step * 4, 16)));
  const by8 = i8x16.sub(lane, i8x16.splat(<i8>min(step * 8, 16)));
  const whole = 16 - 16 % step;
  // The last whole pixel of a vector, repeated: what the next vector's pixels all add.
  for (let i = 0; i < 16; i++) store<u8>(CARRY_LANES + i, <u8>(whole - step + i % step));
  const carryFrom = v128.load(CARRY_LANES);
  let carry = i8x16.splat(0);
  for (let i: usize = 0; i < bytes; i += whole) {
    let x = v128.load(src + i);
    x = i8x16.add(x, v128.swizzle(x, by1));
    x = i8x16.add(x, v128.swizzle(x, by2));
    if (step < 8) x = i8x16.add(x, v128.swizzle(x, by4));
    if (step == 1) x = i8x16.add(x, v128.swizzle(x, by8));
    x = i8x16.add(x, carry);
    v128.store(out + i, x);
    carry = v128.swizzle(x, carryFrom);
  }
}

/** A pixel of up to 8 bytes as i16 lanes. */
@inline
function pixel(at: usize): v128 {
  return v128.load_ext<u8>(at);
}

@inline
function put(at: usize, p: v128, wide: bool): void {
  const packed = i8x16.narrow_i16x8_u(p, p);
  if (wide) store<u64>(at, i64x2.extract_lane(packed, 0));
  else store<u32>(at, i32x4.extract_lane(packed, 0));
}

function average(src: usize, above: usize, out: usize, bytes: usize, step: i32): void {
  if (step > 4) averagePixels(src, above, out, bytes, step, true);
  else averagePixels(src, above, out, bytes, step, false);
}

@inline
function averagePixels(src: usize, above: usize, out: usize, bytes: usize, step: i32, wide: bool): void {
  const byte = i16x8.splat(255);
  let left = i16x8.splat(0);
  for (let i: usize = 0; i < bytes; i += step) {
    const mean = i16x8.shr_u(i16x8.add(left, pixel(above + i)), 1);
    left = v128.and(i16x8.add(pixel(src + i), mean), byte);
    put(out + i, left, wide);
  }
}

function paeth(src: usize, above: usize, out: usize, bytes: usize, step: i32): void {
  if (step > 4) paethPixels(src, above, out, bytes, step, true);
  else paethPixels(src, above, out, bytes, step, false);
}

/** Section 9.4: whichever of left, above and above left is nearest to left + above - above left. */
@inline
function paethPixels(src: usize, above: usize, out: usize, bytes: usize, step: i32, wide: bool): void {
  const byte = i16x8.splat(255);
  let left = i16x8.splat(0);
  let corner = i16x8.splat(0);
  for (let i: usize = 0; i < bytes; i += step) {
    const up = pixel(above + i);
    const toLeft = i16x8.sub(up, corner);
    const toUp = i16x8.sub(left, corner);
    const distanceLeft = i16x8.abs(toLeft);
    const distanceUp = i16x8.abs(toUp);
    const distanceCorner = i16x8.abs(i16x8.add(toLeft, toUp));
    const upOrCorner = v128.bitselect(up, corner, i16x8.le_s(distanceUp, distanceCorner));
    const isLeft = i16x8.le_s(distanceLeft, i16x8.min_s(distanceUp, distanceCorner));
    left = v128.and(i16x8.add(pixel(src + i), v128.bitselect(left, upOrCorner, isLeft)), byte);
    corner = up;
    put(out + i, left, wide);
  }
}
