// Choosing and applying PNG's row filters (PNG 3rd edition, sections 9 and 12.7).
//
// All five are tried; the one whose bytes, as signed numbers, have the least sum of magnitudes wins.
// Unlike undoing a filter, applying one looks only at known bytes, so sixteen go at a time.

import { alloc } from "../memory";

const FILTERS: usize = 5;
/** Rows are preceded by zeros, the "pixel left of the first". */
export const ROOM_BEFORE: usize = 16;
export const ROOM_BEHIND: usize = 16;

let candidates: usize = 0, candidateStride: usize = 0;

/** False: no memory. */
export function openFilters(rowBytes: usize): bool {
  candidateStride = (rowBytes + ROOM_BEHIND + 15) & ~15;
  candidates = alloc(candidateStride * FILTERS);
  return candidates != 0;
}

/** Writes the filter's number and the filtered row at `out`. `step` is the bytes of a pixel. */
export function filterRow(row: usize, above: usize, bytes: usize, step: usize, out: usize): void {
  const subs = candidates + candidateStride, ups = subs + candidateStride;
  const averages = ups + candidateStride, paeths = averages + candidateStride;
  const one = i8x16.splat(1);
  let none = i32x4.splat(0), sub = none, up = none, average = none, paeth = none;
  for (let i: usize = 0; i < bytes; i += 16) {
    // Bytes behind the row's end are zeros in all rows but give filtered values: leave them uncounted.
    const counted = i + 16 <= bytes ? i8x16.splat(-1) : firstLanes(<i32>(bytes - i));
    const x = v128.load(row + i), a = v128.load(row + i - step);
    const b = v128.load(above + i), c = v128.load(above + i - step);
    none = i32x4.add(none, magnitudes(v128.and(x, counted)));
    const s = v128.and(i8x16.sub(x, a), counted);
    v128.store(subs + i, s);
    sub = i32x4.add(sub, magnitudes(s));
    const u = v128.and(i8x16.sub(x, b), counted);
    v128.store(ups + i, u);
    up = i32x4.add(up, magnitudes(u));
    // avgr rounds up; the filter rounds down.
    const mean = i8x16.sub(i8x16.avgr_u(a, b), v128.and(v128.xor(a, b), one));
    const m = v128.and(i8x16.sub(x, mean), counted);
    v128.store(averages + i, m);
    average = i32x4.add(average, magnitudes(m));
    const p = v128.and(i8x16.sub(x, predict(a, b, c)), counted);
    v128.store(paeths + i, p);
    paeth = i32x4.add(paeth, magnitudes(p));
  }
  let best = 0, least = total(none);
  const sums = memory.data(16, 4);
  store<u32>(sums, total(sub));
  store<u32>(sums, total(up), 4);
  store<u32>(sums, total(average), 8);
  store<u32>(sums, total(paeth), 12);
  for (let kind = 1; kind < <i32>FILTERS; kind++) {
    const sum = load<u32>(sums + ((kind - 1) << 2));
    if (sum >= least) continue;
    least = sum;
    best = kind;
  }
  store<u8>(out, <u8>best);
  memory.copy(out + 1, best == 0 ? row : candidates + candidateStride * best, bytes);
}

@inline
function magnitudes(x: v128): v128 {
  return i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(i8x16.abs(x)));
}

@inline
function total(sums: v128): u32 {
  return i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1)
    + i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3);
}

@inline
function firstLanes(count: i32): v128 {
  return i8x16.lt_u(i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), i8x16.splat(<i8>count));
}

@inline
function distance(a: v128, b: v128): v128 {
  return v128.or(i8x16.sub_sat_u(a, b), i8x16.sub_sat_u(b, a));
}

/**
 * Section 9.4's predictor in unsigned bytes. The distance to the corner is |(a - c) + (b - c)|: where both
 * differences point the same way it is their sum and can't be the least, else the difference of their sizes.
 */
@inline
function predict(a: v128, b: v128, c: v128): v128 {
  const toLeft = distance(b, c), toUp = distance(a, c);
  const sameWay = v128.not(v128.xor(i8x16.ge_u(a, c), i8x16.ge_u(b, c)));
  const toCorner = v128.bitselect(i8x16.add_sat_u(toLeft, toUp), distance(toLeft, toUp), sameWay);
  const upOrCorner = v128.bitselect(b, c, i8x16.le_u(toUp, toCorner));
  return v128.bitselect(a, upOrCorner, i8x16.le_u(toLeft, i8x16.min_u(toUp, toCorner)));
}
