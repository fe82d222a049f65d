// The weights of one dimension of a resize: for each output position, which inputs, and how much of each.
//
// Positions are those of sharp and libvips: the centre of output i lies at (i + 0.5) * scale - 0.5 of the
// window. Shrinking uses Lanczos3 stretched by the scale, enlarging a Catmull-Rom cubic. At scale 1 both
// come to a single weight of 1, so an identity is exact. Outside the window its edge is repeated.

import { alloc } from "../memory";
import { OK, TOO_LARGE } from "../status";

/** Weights are i16 and add up to exactly this. */
export const WHOLE: i32 = 16384;

export const LANCZOS_OR_CUBIC: i32 = 0;
/** Linear interpolation: for chroma at the picture's own size, as libjpeg's "fancy" upsampling. */
export const TRIANGLE: i32 = 1;
/** The nearest sample alone: for chroma at a third or a quarter of that size, where libjpeg repeats samples. */
export const NEAREST: i32 = 2;
/** A bell of its own width, whatever the scale: a blur. */
export const GAUSSIAN: i32 = 3;

@unmanaged
export class Axis {
  /** Outputs, and a multiple of 4 that the tables are padded to. */
  count: i32;
  /** Weights per output, a multiple of `grain`. */
  taps: i32;
  /** First input of each output (i32), and all weights (i16). */
  starts: usize;
  weights: usize;
  /** The inputs that are used at all: [low, high). */
  low: i32;
  high: i32;
  /** Output i is input low + i. */
  identity: bool;
  /** Exactly twice as many outputs as inputs, centred: weights 3/4 and 1/4. */
  doubling: bool;
}

function lanczos3(x: f64): f64 {
  if (x == 0) return 1;
  if (Math.abs(x) >= 3) return 0;
  const a = Math.PI * x;
  return (3 * Math.sin(a) * Math.sin(a / 3)) / (a * a);
}

function catmullRom(x: f64): f64 {
  x = Math.abs(x);
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  if (x < 2) return ((-0.5 * x + 2.5) * x - 4) * x + 2;
  return 0;
}

/** How far an enlarging filter reaches, in inputs. */
function reach(filter: i32): f64 {
  return filter == NEAREST ? 0.5 : filter == TRIANGLE ? 1 : 2;
}

function enlarging(x: f64, filter: i32): f64 {
  if (filter == NEAREST) return 1;
  return filter == TRIANGLE ? Math.max(0, 1 - Math.abs(x)) : catmullRom(x);
}

/**
 * Allocates and fills `axis`: `count` outputs over the window [from, from + length) of `available` inputs.
 * Rows of weights are padded with zeros to a multiple of `grain`. `deviation` is GAUSSIAN's, in inputs.
 */
export function fillAxis(
  axis: Axis, available: i32, from: f64, length: f64, count: i32, filter: i32, grain: i32, deviation: f64,
): i32 {
  const scale = length / count;
  // Sizes of planes are rounded up, so the window's end may be within the last sample.
  const low = max(0, min(available - 1, <i32>Math.floor(from + 1e-6)));
  const high = max(low + 1, min(available, <i32>Math.ceil(from + length - 1e-6)));
  const shrinking = scale > 1;
  const bell = filter == GAUSSIAN;
  const stretch = bell ? deviation : shrinking ? scale : 1.0;
  const support = (bell || shrinking ? 3.0 : reach(filter)) * stretch;
  const room = min(high - low, <i32>Math.ceil(support * 2) + 2);
  axis.count = count;
  axis.taps = ((room + grain - 1) / grain) * grain;
  axis.low = low;
  axis.high = high;
  const padded = (count + 3) & ~3;
  axis.starts = alloc(<usize>padded * 4);
  axis.weights = alloc(<usize>padded * axis.taps * 2);
  const sums = alloc(<usize>axis.taps * 8);
  if (axis.starts == 0 || axis.weights == 0 || sums == 0) return TOO_LARGE;
  memory.fill(axis.starts, 0, <usize>padded * 4);
  memory.fill(axis.weights, 0, <usize>padded * axis.taps * 2);

  let identity = high - low == count;
  for (let i = 0; i < count; i++) {
    const centre = from + (i + 0.5) * scale - 0.5;
    const first = <i32>Math.ceil(centre - support - 1e-9);
    const last = <i32>Math.floor(centre + support + 1e-9);
    const start = max(low, min(first, high - axis.taps));
    memory.fill(sums, 0, <usize>axis.taps * 8);
    let total: f64 = 0;
    for (let j = first; j <= last; j++) {
      const x = (j - centre) / stretch;
      const weight = bell ? Math.exp(-0.5 * x * x) : shrinking ? lanczos3(x) : enlarging(x, filter);
      const at = sums + ((max(low, min(high - 1, j)) - start) << 3);
      store<f64>(at, load<f64>(at) + weight);
      total += weight;
    }
    storeWeights(axis.weights + <usize>(i * axis.taps) * 2, sums, axis.taps, total);
    store<i32>(axis.starts + i * 4, start);
    if (low + i < start || low + i >= start + axis.taps) identity = false;
    else identity = identity && load<i16>(axis.weights + (i * axis.taps + low + i - start) * 2) == WHOLE;
  }
  axis.identity = identity;
  axis.doubling = filter == TRIANGLE && scale == 0.5 && Math.floor(from) == from;
  return OK;
}

/** Rounds running totals rather than single weights, so that their sum is exact however many they are. */
function storeWeights(to: usize, sums: usize, taps: i32, total: f64): void {
  let sum: f64 = 0;
  let given = 0;
  for (let j = 0; j < taps; j++) {
    sum += load<f64>(sums + j * 8);
    const upToHere = <i32>Math.round((sum / total) * WHOLE);
    store<i16>(to + j * 2, upToHere - given);
    given = upToHere;
  }
}
