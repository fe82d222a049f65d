// White balance: what the picture's light is taken for is brought to daylight, as an eye adapts: Bradford's cones (CIE 159, ICC.1),
// in linear light.

import { BLUE, GREEN, RED } from "../light.ts";
import { inverse, type Matrix, product, scaled, transformed, type Vector } from "./matrix.ts";

/** D65, in millionths of a reciprocal kelvin: steps of colour temperature that look alike. */
const DAYLIGHT = 1e6 / 6504;
/** At 100 from 15,600 to 3,900 K of light that is taken away: past that nothing looks natural. */
const MOST_COOLER = 90;
const MOST_WARMER = 102;
/** In the uv diagram of CIE 1960, across the line of daylight: fluorescent tubes lie up to 0.02 from it. */
const MOST_TINT = 0.022;

/** `temp` and `tint` -100..100 to a matrix of linear sRGB, under which grey keeps its brightness. */
export function balanceMatrix(temp: number, tint: number): Matrix {
  // What is to look warmer was seen by a cooler light.
  const mired = DAYLIGHT - (temp > 0 ? MOST_COOLER : MOST_WARMER) * (temp / 100);
  const from = whiteAt(mired, MOST_TINT * (tint / 100));
  const adapted = adaptation(from, whiteAt(DAYLIGHT, 0));
  const matrix = product(fromXyz, product(adapted, toXyz));
  const grey = transformed(matrix, [1, 1, 1]);
  const brightness = LUMA[0] * grey[0] + LUMA[1] * grey[1] + LUMA[2] * grey[2];
  return scaled(matrix, 1 / brightness);
}

const LUMA: Vector = [RED, GREEN, BLUE];

const toXyz: Matrix = [
  [0.4123908, 0.3575843, 0.1804808],
  [0.212639, 0.7151687, 0.0721923],
  [0.0193308, 0.1191948, 0.9505322],
];
const fromXyz: Matrix = inverse(toXyz);
const toCones: Matrix = [
  [0.8951, 0.2664, -0.1614],
  [-0.7502, 1.7135, 0.0367],
  [0.0389, -0.0685, 1.0296],
];
const fromCones: Matrix = inverse(toCones);

/** XYZ of daylight of a temperature, moved across its line in uv by `off`: above 0 towards green. */
function whiteAt(mired: number, off: number): Vector {
  const [u, v] = daylight(mired);
  const [before, after] = [daylight(mired - 1), daylight(mired + 1)];
  const along = [after[0] - before[0], after[1] - before[1]] as const;
  const length = Math.hypot(...along);
  const [atU, atV] = [u - (off * along[1]) / length, v + (off * along[0]) / length];
  const sum = 2 * atU - 8 * atV + 4;
  const [x, y] = [(3 * atU) / sum, (2 * atV) / sum];
  return [x / y, 1, (1 - x - y) / y];
}

/** In uv (CIE 15, 4,000 to 25,000 K). */
function daylight(mired: number): readonly [u: number, v: number] {
  const t = mired / 1_000;
  const x =
    mired >= 1e6 / 7_000
      ? 0.244063 + 0.09911 * t + 2.9678 * t ** 2 - 4.607 * t ** 3
      : 0.23704 + 0.24748 * t + 1.9018 * t ** 2 - 2.0064 * t ** 3;
  const y = -3 * x ** 2 + 2.87 * x - 0.275;
  const scale = 12 * y - 2 * x + 3;
  return [(4 * x) / scale, (6 * y) / scale];
}

function adaptation(from: Vector, to: Vector): Matrix {
  const [a, b] = [transformed(toCones, from), transformed(toCones, to)];
  const gain: Matrix = [
    [b[0] / a[0], 0, 0],
    [0, b[1] / a[1], 0],
    [0, 0, b[2] / a[2]],
  ];
  return product(fromCones, product(gain, toCones));
}
