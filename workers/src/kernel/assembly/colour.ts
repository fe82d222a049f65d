// Rows in a profile's colours to sRGB. The host reads the ICC profile and fills the tables here.
//
// Sums: for RGB by curves and a matrix (Display P3, Adobe RGB ...) and for gray by a curve. Each channel
//   value has a vector: what it adds to linear sRGB red, green and blue. Three loads and two additions
//   are curve and matrix together; a last table brings linear light back to sRGB's curve.
// Grid: for everything else (CMYK, scanners): sRGB at the points of a 3- or 4-dimensional lattice,
//   interpolated linearly between them.

import { alloc } from "./memory";
import { MISUSED, OK } from "./status";

/** Linear light as 14-bit numbers: under a third of the darkest 8-bit step of sRGB. */
const LINEAR_MAX = 16383;
/** Fraction bits below those in the sums, so that three roundings don't add up. */
const FRACTION = 8;
const SUMS_BYTES: usize = 3 * 256 * 16;

let sums: usize = 0;
let grid: usize = 0, points: i32 = 0, dimensions: i32 = 0;

/**
 * Room for [channel 0..2][value 0..255][red, green, blue, unused] i32 (1.0 is 16383 << 8), then 16384 bytes:
 * sRGB by linear light. 0: no memory.
 */
export function colourSums(): usize {
  sums = alloc(SUMS_BYTES + LINEAR_MAX + 1);
  return sums;
}

/** Converts a row of RGBA in place; alpha stays. */
export function colourSumRow(rgba: usize, width: i32): i32 {
  if (sums == 0) return MISUSED;
  const green = sums + 4096, blue = sums + 8192, curve = sums + SUMS_BYTES;
  const most = i32x4.splat(LINEAR_MAX), none = i32x4.splat(0), half = i32x4.splat(1 << (FRACTION - 1));
  for (let p = rgba, end = rgba + (<usize>width << 2); p < end; p += 4) {
    const pixel = load<u32>(p);
    let light = i32x4.add(
      i32x4.add(v128.load(sums + ((pixel & 255) << 4)), v128.load(green + ((pixel >> 8 & 255) << 4))),
      i32x4.add(v128.load(blue + ((pixel >> 16 & 255) << 4)), half),
    );
    light = i32x4.min_s(i32x4.max_s(i32x4.shr_s(light, FRACTION), none), most);
    store<u8>(p, load<u8>(curve + i32x4.extract_lane(light, 0)));
    store<u8>(p, load<u8>(curve + i32x4.extract_lane(light, 1)), 1);
    store<u8>(p, load<u8>(curve + i32x4.extract_lane(light, 2)), 2);
  }
  return OK;
}

/**
 * Room for n^dims points of red, green, blue, unused (u8); the first channel runs slowest. 0: no memory, or
 * no such grid.
 */
export function colourGrid(n: i32, dims: i32): usize {
  grid = 0;
  if (n < 2 || n > 33 || dims < 3 || dims > 4 || (dims == 4 && n > 17)) return 0;
  points = n;
  dimensions = dims;
  grid = alloc(<usize>(n * n * n * (dims == 4 ? n : 1)) * 4);
  return grid;
}

/** Converts a row of RGBA in place through a grid of three dimensions; alpha stays. */
export function colourGridRow(rgba: usize, width: i32): i32 {
  if (grid == 0 || dimensions != 3) return MISUSED;
  const outer = points * points, inner = points;
  for (let p = rgba, end = rgba + (<usize>width << 2); p < end; p += 4) {
    const r = place(load<u8>(p)), g = place(load<u8>(p, 1)), b = place(load<u8>(p, 2));
    const at = ((r >> 8) * outer + (g >> 8) * inner + (b >> 8)) << 2;
    const v = cube(grid + at, outer << 2, inner << 2, 4, r & 255, g & 255, b & 255);
    store<u32>(p, pack(v) | (load<u32>(p) & 0xff000000));
  }
  return OK;
}

/**
 * A row of CMYK planes (0 no ink, 255 full) to opaque RGBA through a grid of four dimensions.
 * `inverted`: 255 is no ink, as Adobe writes it.
 */
export function colourCmykRow(c: usize, m: usize, y: usize, k: usize, inverted: i32, width: i32, out: usize): i32 {
  if (grid == 0 || dimensions != 4) return MISUSED;
  const n = points, n2 = n * n, n3 = n2 * n;
  const flip: u32 = inverted ? 255 : 0;
  for (let x: usize = 0; x < <usize>width; x++) {
    const pc = place(load<u8>(c + x) ^ flip), pm = place(load<u8>(m + x) ^ flip);
    const py = place(load<u8>(y + x) ^ flip), pk = place(load<u8>(k + x) ^ flip);
    const at = grid + (((pc >> 8) * n3 + (pm >> 8) * n2 + (py >> 8) * n + (pk >> 8)) << 2);
    const fc = pc & 255, fm = pm & 255, fy = py & 255, fk = pk & 255;
    // The black dimension is the innermost: two cubes, one point apart.
    const lighter = cube(at, n3 << 2, n2 << 2, n << 2, fc, fm, fy);
    const step = fk ? 4 : 0;
    const darker = step ? cube(at + step, n3 << 2, n2 << 2, n << 2, fc, fm, fy) : lighter;
    store<u32>(out + (x << 2), pack(between(lighter, darker, fk)) | 0xff000000);
  }
  return OK;
}

/** Where a value lies on the lattice: point << 8 | fraction. The top value is the last point exactly. */
@inline
function place(value: u32): i32 {
  return <i32>(value * (points - 1) * 256 + 127) / 255;
}

@inline
function corner(at: usize): v128 {
  // Four bytes as i32 lanes with 8 fraction bits.
  return i32x4.shl(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(at))), 8);
}

@inline
function between(a: v128, b: v128, fraction: i32): v128 {
  return i32x4.add(a, i32x4.shr_s(i32x4.mul(i32x4.sub(b, a), i32x4.splat(fraction)), 8));
}

/** Eight corners to one value. Where a fraction is 0 the next point is not touched: it may not exist. */
@inline
function cube(at: usize, dx: i32, dy: i32, dz: i32, fx: i32, fy: i32, fz: i32): v128 {
  const x = fx ? dx : 0, y = fy ? dy : 0, z = fz ? dz : 0;
  const near = between(
    between(corner(at), corner(at + z), fz),
    between(corner(at + y), corner(at + y + z), fz), fy);
  const far = between(
    between(corner(at + x), corner(at + x + z), fz),
    between(corner(at + x + y), corner(at + x + y + z), fz), fy);
  return between(near, far, fx);
}

@inline
function pack(v: v128): u32 {
  const rounded = i32x4.shr_s(i32x4.add(v, i32x4.splat(128)), 8);
  const narrow = i16x8.narrow_i32x4_s(rounded, rounded);
  return i32x4.extract_lane(i8x16.narrow_i16x8_u(narrow, narrow), 0) & 0x00ffffff;
}
