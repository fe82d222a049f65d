// Chooses a palette by splitting the colour cube where the variance is greatest.
// Xiaolin Wu, "Efficient statistical computations for optimal color quantization", Graphics Gems II (1991).
import { type ColourHistogram, STEPS } from "./colour-histogram.ts";

const SIDE = STEPS + 1;
const strides = [SIDE * SIDE, SIDE, 1] as const;
type Axis = 0 | 1 | 2;

/** Cumulative moments: a corner holds the sum of all steps below it on every axis. */
interface Moments {
  readonly count: Float64Array;
  readonly red: Float64Array;
  readonly green: Float64Array;
  readonly blue: Float64Array;
}

/** Steps from `low` (exclusive) to `high` (inclusive) on each axis. */
interface Cube {
  readonly low: readonly [number, number, number];
  readonly high: readonly [number, number, number];
}

interface Split {
  readonly cube: Cube;
  readonly gain: number;
  readonly halves: readonly [Cube, Cube] | null;
}

/** Holds its sums from frame to frame, as the counter does. */
export class ColourSplitter {
  private readonly moments: Moments = {
    count: new Float64Array(SIDE ** 3),
    red: new Float64Array(SIDE ** 3),
    green: new Float64Array(SIDE ** 3),
    blue: new Float64Array(SIDE ** 3),
  };

  /** At most `maxColours` colours as canvas words. */
  split(histogram: ColourHistogram, maxColours: number): Uint32Array {
    const { moments } = this;
    accumulate(moments, histogram);
    const whole: Cube = { low: [0, 0, 0], high: [STEPS, STEPS, STEPS] };
    const cubes: Split[] = [bestSplit(moments, whole)];
    while (cubes.length < maxColours) {
      let widest = 0;
      for (const [i, cube] of cubes.entries()) if (cube.gain > (cubes[widest]?.gain ?? 0)) widest = i;
      const halves = cubes[widest]?.halves;
      if (!halves) break;
      cubes[widest] = bestSplit(moments, halves[0]);
      cubes.push(bestSplit(moments, halves[1]));
    }
    return Uint32Array.from(cubes, ({ cube }) => meanColour(moments, cube));
  }
}

function accumulate(moments: Moments, { means, counts }: ColourHistogram): void {
  const planes = [moments.count, moments.red, moments.green, moments.blue];
  for (const plane of planes) plane.fill(0);
  for (let i = 0; i < means.length; i++) {
    const mean = means[i] ?? 0;
    const count = counts[i] ?? 0;
    const [red, green, blue] = [mean & 255, (mean >>> 8) & 255, (mean >>> 16) & 255];
    const at = ((red >> 3) + 1) * strides[0] + ((green >> 3) + 1) * strides[1] + (blue >> 3) + 1;
    moments.count[at] = count;
    moments.red[at] = red * count;
    moments.green[at] = green * count;
    moments.blue[at] = blue * count;
  }
  // The first layer on every axis is empty, so adding the layer below never reaches across an edge.
  for (const plane of planes)
    for (const stride of strides)
      for (let r = 1; r < SIDE; r++)
        for (let g = 1; g < SIDE; g++)
          for (let b = 1; b < SIDE; b++) {
            const at = r * strides[0] + g * strides[1] + b;
            plane[at] = (plane[at] ?? 0) + (plane[at - stride] ?? 0);
          }
}

/** The sum over a cube by inclusion and exclusion of its eight corners. */
function sumIn(plane: Float64Array, { low, high }: Cube): number {
  const at = (r: number, g: number, b: number) => plane[r * strides[0] + g * strides[1] + b] ?? 0;
  return (
    at(high[0], high[1], high[2]) -
    at(high[0], high[1], low[2]) -
    at(high[0], low[1], high[2]) +
    at(high[0], low[1], low[2]) -
    at(low[0], high[1], high[2]) +
    at(low[0], high[1], low[2]) +
    at(low[0], low[1], high[2]) -
    at(low[0], low[1], low[2])
  );
}

/** Squared channel sums over the count: the greater, the less variance is left inside. */
function weightOf(moments: Moments, cube: Cube): number {
  const count = sumIn(moments.count, cube);
  if (count === 0) return Number.NaN;
  return (
    (sumIn(moments.red, cube) ** 2 + sumIn(moments.green, cube) ** 2 + sumIn(moments.blue, cube) ** 2) / count
  );
}

function bestSplit(moments: Moments, cube: Cube): Split {
  const whole = weightOf(moments, cube);
  let gain = 0;
  let halves: Split["halves"] = null;
  for (const axis of [0, 1, 2] as const) {
    for (let cut = cube.low[axis] + 1; cut < cube.high[axis]; cut++) {
      const lower: Cube = { low: cube.low, high: withAxis(cube.high, axis, cut) };
      const upper: Cube = { low: withAxis(cube.low, axis, cut), high: cube.high };
      const saved = weightOf(moments, lower) + weightOf(moments, upper) - whole;
      // A half without pixels gives NaN, which never compares as greater.
      if (saved > gain) {
        gain = saved;
        halves = [lower, upper];
      }
    }
  }
  return { cube, gain, halves };
}

const withAxis = (corner: Cube["low"], axis: Axis, value: number): Cube["low"] => [
  axis === 0 ? value : corner[0],
  axis === 1 ? value : corner[1],
  axis === 2 ? value : corner[2],
];

function meanColour(moments: Moments, cube: Cube): number {
  const count = Math.max(1, sumIn(moments.count, cube));
  const mean = (plane: Float64Array) => Math.round(sumIn(plane, cube) / count);
  return (0xff000000 | (mean(moments.blue) << 16) | (mean(moments.green) << 8) | mean(moments.red)) >>> 0;
}
