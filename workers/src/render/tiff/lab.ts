// CIE L*a*b* under D50 to sRGB (TIFF 6.0, section 23; ICC's own variant counts a and b from 128).
import { linearToSrgb } from "../../kernel/host/icc/curves.ts";
import type { ThreeToRgb } from "./paint.ts";

/** D50, and from there to linear sRGB (Bradford's adaptation is in it). */
const white = [0.9642, 1, 0.8249] as const;
const toLinear = [
  [3.1338561, -1.6168667, -0.4906146],
  [-0.9787684, 1.9161415, 0.033454],
  [0.0719453, -0.2289914, 1.4052427],
] as const;

/** `isSigned`: a and b are numbers from -128 to 127. */
export function labToRgb(isSigned: boolean): ThreeToRgb {
  const offset = (value: number) => (!isSigned ? value - 128 : value > 127 ? value - 256 : value);
  return (l, a, b) => {
    const y = ((l * 100) / 255 + 16) / 116;
    const xyz = [y + offset(a) / 500, y, y - offset(b) / 200].map(
      (value, index) =>
        (white[index] ?? 1) * (value > 6 / 29 ? value ** 3 : (value - 4 / 29) * 3 * (6 / 29) ** 2),
    );
    const part = (row: readonly number[]) => {
      const light = row.reduce((sum, factor, index) => sum + factor * (xyz[index] ?? 0), 0);
      return Math.round(255 * linearToSrgb(Math.min(Math.max(light, 0), 1)));
    };
    return part(toLinear[0]) | (part(toLinear[1]) << 8) | (part(toLinear[2]) << 16);
  };
}
