// Tools that make of each pixel another one, whatever lies around it: any number of them in one pass, rounded once.
//
// Matrix: each channel value has a vector, what it adds to linear red, green and blue (as in colour.ts). So white balance is exact.
// Tone: a table from linear light to the tone that is wanted, one for all channels: exposure, zones and curve together, exact too.
// Cube: what mixes channels otherwise, at the points of a lattice, interpolated within the six tetrahedra of a cell (Sakamoto's
//   method): of all interpolations the one that leaves greys grey wherever the lattice does.

import { alloc } from "./memory";
import { MISUSED, OK } from "./status";

/** Linear light up to twice white, for what a white balance lifts above it. */
const LINEAR_MOST = 65535;
const FRACTION = 8;
/** White, in what the tone table gives and the cube holds: 32 cells of 512. */
const CELL_BITS = 9;
const POINTS = 33;

let sums: usize = 0, tone: usize = 0, cube: usize = 0;

/**
 * Room for [channel 0..2][value 0..255][red, green, blue, unused] i32 (white is 32767 << 8), then 65536 u16: tone by linear light,
 * white is 16384. 0: no memory.
 */
export function retouchTone(): usize {
  cube = 0;
  sums = alloc(3 * 256 * 16 + 2 * (LINEAR_MOST + 1));
  tone = sums + 3 * 256 * 16;
  return sums;
}

/** Room for 33^3 points of red, green, blue, unused (i16, white is 16384); red runs slowest. 0: no memory. */
export function retouchCube(): usize {
  // What lies past the last point is read with a weight of 0.
  cube = alloc(POINTS * POINTS * POINTS * 8 + (POINTS * POINTS + POINTS + 1) * 8);
  return cube;
}

/** Retouches `count` pixels of RGBA in place; alpha stays. */
export function retouchPixels(rgba: usize, count: i32): i32 {
  if (sums == 0) return MISUSED;
  const green = sums + 4096, blue = sums + 8192;
  const most = i32x4.splat(LINEAR_MOST), none = i32x4.splat(0), half = i32x4.splat(1 << (FRACTION - 1));
  let before: u32 = 0, made: u32 = 0, isFirst = true;
  for (let p = rgba, end = rgba + (<usize>count << 2); p < end; p += 4) {
    const pixel = load<u32>(p), colour = pixel & 0x00ffffff;
    if (colour != before || isFirst) {
      before = colour;
      isFirst = false;
      let light = i32x4.add(
        i32x4.add(v128.load(sums + ((colour & 255) << 4)), v128.load(green + ((colour >> 8 & 255) << 4))),
        i32x4.add(v128.load(blue + ((colour >> 16) << 4)), half),
      );
      light = i32x4.min_s(i32x4.max_s(i32x4.shr_s(light, FRACTION), none), most);
      const r = <u32>load<u16>(tone + (<usize>i32x4.extract_lane(light, 0) << 1));
      const g = <u32>load<u16>(tone + (<usize>i32x4.extract_lane(light, 1) << 1));
      const b = <u32>load<u16>(tone + (<usize>i32x4.extract_lane(light, 2) << 1));
      made = cube == 0 ? byte(r) | byte(g) << 8 | byte(b) << 16 : inCube(r, g, b);
    }
    store<u32>(p, made | (pixel & 0xff000000));
  }
  return OK;
}

@inline
function byte(value: u32): u32 {
  return (value * 255 + 8192) >> 14;
}

@inline
function corner(at: usize): v128 {
  return i32x4.extend_low_i16x8_s(v128.load64_zero(at));
}

function inCube(r: u32, g: u32, b: u32): u32 {
  const mask = (1 << CELL_BITS) - 1, whole = 1 << CELL_BITS;
  const fr = r & mask, fg = g & mask, fb = b & mask;
  const dr: usize = POINTS * POINTS * 8, dg: usize = POINTS * 8, db: usize = 8;
  const at = cube + (r >> CELL_BITS) * dr + (g >> CELL_BITS) * dg + (b >> CELL_BITS) * db;
  // From the nearest corner to the farthest, along the axes in the order of their fractions.
  let first: usize, second: usize, high: u32, middle: u32, low: u32;
  if (fr >= fg) {
    if (fg >= fb) { first = dr; second = dr + dg; high = fr; middle = fg; low = fb; }
    else if (fr >= fb) { first = dr; second = dr + db; high = fr; middle = fb; low = fg; }
    else { first = db; second = db + dr; high = fb; middle = fr; low = fg; }
  } else {
    if (fr >= fb) { first = dg; second = dg + dr; high = fg; middle = fr; low = fb; }
    else if (fg >= fb) { first = dg; second = dg + db; high = fg; middle = fb; low = fr; }
    else { first = db; second = db + dg; high = fb; middle = fg; low = fr; }
  }
  const sum = i32x4.add(
    i32x4.add(
      i32x4.mul(corner(at), i32x4.splat(whole - high)),
      i32x4.mul(corner(at + first), i32x4.splat(high - middle)),
    ),
    i32x4.add(
      i32x4.mul(corner(at + second), i32x4.splat(middle - low)),
      i32x4.mul(corner(at + dr + dg + db), i32x4.splat(low)),
    ),
  );
  // 512 * 16384 * 255 is just below 2^31.
  const rounded = i32x4.shr_u(
    i32x4.add(i32x4.mul(i32x4.max_s(sum, i32x4.splat(0)), i32x4.splat(255)), i32x4.splat(1 << 22)), 23);
  const narrow = i16x8.narrow_i32x4_s(rounded, rounded);
  return i32x4.extract_lane(i8x16.narrow_i16x8_u(narrow, narrow), 0) & 0x00ffffff;
}
