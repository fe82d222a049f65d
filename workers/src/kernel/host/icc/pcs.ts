// From the profile connection space (CIE XYZ or Lab under D50) to linear sRGB.

export type Triple = readonly [number, number, number];

/** D50, the white of the connection space (ICC.1:2022, section 7.2.16). */
const white: Triple = [0.9642, 1, 0.8249];

/**
 * XYZ under D50 to linear sRGB: the inverse of sRGB's primaries after Bradford adaptation (the colorants in
 * the ICC's own sRGB profiles: 0.4361 0.2225 0.0139, 0.3851 0.7169 0.0971, 0.1431 0.0606 0.7141).
 */
const toSrgb: readonly [Triple, Triple, Triple] = [
  [3.1341122, -1.6173924, -0.4906334],
  [-0.9787873, 1.9162796, 0.0334547],
  [0.071983, -0.2289858, 1.4053851],
];

export function xyzToLinear([x, y, z]: Triple): Triple {
  const row = ([a, b, c]: Triple) => a * x + b * y + c * z;
  return [row(toSrgb[0]), row(toSrgb[1]), row(toSrgb[2])];
}

/** Stretches light so that `black` becomes 0 and white stays. */
export function withoutBlack(light: Triple, black: Triple): Triple {
  const stretch = (axis: 0 | 1 | 2) => {
    // No honest black is brighter than a fifth of white.
    const dark = Math.min(Math.max(black[axis], 0), 0.2 * white[axis]);
    return ((light[axis] - dark) * white[axis]) / (white[axis] - dark);
  };
  return [stretch(0), stretch(1), stretch(2)];
}

/** CIE 15: L* 0..100, a* and b* about -128..127. */
export function labToXyz([lightness, a, b]: Triple): Triple {
  const fy = (lightness + 16) / 116;
  const inverse = (f: number) => (f > 6 / 29 ? f ** 3 : 3 * (6 / 29) ** 2 * (f - 4 / 29));
  return [white[0] * inverse(fy + a / 500), white[1] * inverse(fy), white[2] * inverse(fy - b / 200)];
}
