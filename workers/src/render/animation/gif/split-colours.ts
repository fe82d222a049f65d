// Chooses a palette by splitting the colour cube where the variance is greatest.
// Xiaolin Wu, "Efficient statistical computations for optimal color quantization", Graphics Gems II (1991).
import { type ColourHistogram, STEPS } from "./colour-histogram.ts";

const SIDE = STEPS + 1;
const strides = [SIDE * SIDE, SIDE, 1] as const;
const axes = [0, 1, 2] as const;
type Axis = (typeof axes)[number];

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
      for (let i = 1; i < cubes.length; i++)
        if ((cubes[i]?.gain ?? 0) > (cubes[widest]?.gain ?? 0)) widest = i;
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

/** The sum over a cube by inclusion and exclusion of its eight corners. Plain numbers: it runs a million times a palette. */
function sumIn(
  plane: Float64Array,
  r0: number,
  g0: number,
  b0: number,
  r1: number,
  g1: number,
  b1: number,
): number {
  const top = r1 * strides[0];
  const bottom = r0 * strides[0];
  const far = g1 * strides[1];
  const near = g0 * strides[1];
  return (
    (plane[top + far + b1] ?? 0) -
    (plane[top + far + b0] ?? 0) -
    (plane[top + near + b1] ?? 0) +
    (plane[top + near + b0] ?? 0) -
    (plane[bottom + far + b1] ?? 0) +
    (plane[bottom + far + b0] ?? 0) +
    (plane[bottom + near + b1] ?? 0) -
    (plane[bottom + near + b0] ?? 0)
  );
}

/** Where cutting a cube in two leaves least variance: that maximises the halves' squared channel sums over their counts. */
function bestSplit(moments: Moments, cube: Cube): Split {
  const [r0, g0, b0] = cube.low;
  const [r1, g1, b1] = cube.high;
  const count = sumIn(moments.count, r0, g0, b0, r1, g1, b1);
  const red = sumIn(moments.red, r0, g0, b0, r1, g1, b1);
  const green = sumIn(moments.green, r0, g0, b0, r1, g1, b1);
  const blue = sumIn(moments.blue, r0, g0, b0, r1, g1, b1);
  const whole = (red * red + green * green + blue * blue) / count;
  let gain = 0;
  let bestAxis: Axis = 0;
  let bestCut = -1;
  for (const axis of axes) {
    for (let cut = cube.low[axis] + 1; cut < cube.high[axis]; cut++) {
      const r = axis === 0 ? cut : r1;
      const g = axis === 1 ? cut : g1;
      const b = axis === 2 ? cut : b1;
      const lowerCount = sumIn(moments.count, r0, g0, b0, r, g, b);
      const upperCount = count - lowerCount;
      if (lowerCount === 0 || upperCount === 0) continue;
      const lowerRed = sumIn(moments.red, r0, g0, b0, r, g, b);
      const lowerGreen = sumIn(moments.green, r0, g0, b0, r, g, b);
      const lowerBlue = sumIn(moments.blue, r0, g0, b0, r, g, b);
      const upperRed = red - lowerRed;
      const upperGreen = green - lowerGreen;
      const upperBlue = blue - lowerBlue;
      const saved =
        (lowerRed * lowerRed + lowerGreen * lowerGreen + lowerBlue * lowerBlue) / lowerCount +
        (upperRed * upperRed + upperGreen * upperGreen + upperBlue * upperBlue) / upperCount -
        whole;
      if (saved > gain) {
        gain = saved;
        bestAxis = axis;
        bestCut = cut;
      }
    }
  }
  if (bestCut === -1) return { cube, gain: 0, halves: null };
  const lower: Cube = { low: cube.low, high: withAxis(cube.high, bestAxis, bestCut) };
  const upper: Cube = { low: withAxis(cube.low, bestAxis, bestCut), high: cube.high };
  return { cube, gain, halves: [lower, upper] };
}

const withAxis = (corner: Cube["low"], axis: Axis, value: number): Cube["low"] => [
  axis === 0 ? value : corner[0],
  axis === 1 ? value : corner[1],
  axis === 2 ? value : corner[2],
];

function meanColour(moments: Moments, { low, high }: Cube): number {
  const sum = (plane: Float64Array) => sumIn(plane, low[0], low[1], low[2], high[0], high[1], high[2]);
  const count = Math.max(1, sum(moments.count));
  const mean = (plane: Float64Array) => Math.round(sum(plane) / count);
  return (0xff000000 | (mean(moments.blue) << 16) | (mean(moments.green) << 8) | mean(moments.red)) >>> 0;
}
