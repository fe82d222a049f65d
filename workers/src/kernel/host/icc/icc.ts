// Which way a picture's ICC profile leads to sRGB, as tables for the kernel's colour rows.

import { type IccProfile, parseIcc } from "../../../../formats/icc/tags.ts";
import { cmykPoints, genericCmykGrid } from "./cmyk.ts";
import { curveAt, linearToSrgb } from "./curves.ts";
import { lutOf, type ToXyz } from "./lut.ts";
import { withoutBlack, xyzToLinear } from "./pcs.ts";

export type ColourWay =
  /** sRGB already, or nothing we can read: leave the numbers alone. */
  | { readonly kind: "none" }
  /** What each value of red, green and blue adds to linear sRGB: 3 x 256 x 4 numbers, 1 is full light. */
  | { readonly kind: "sums"; readonly sums: Float32Array }
  /** sRGB bytes (red, green, blue, 0) at points^dimensions lattice points, the first channel slowest. */
  | { readonly kind: "grid"; readonly points: number; readonly dimensions: 3 | 4; readonly grid: Uint8Array };

const none: ColourWay = { kind: "none" };
/** Enough that interpolating between them is not seen, few enough to compute in a few milliseconds. */
const rgbPoints = 17;
const profilePoints = 9;

/** `samples` is how many channels the picture itself has: a profile of another kind does not belong to it. */
export function colourWay(profile: Uint8Array | undefined, samples: 1 | 3 | 4): ColourWay {
  const parsed = profile && parseIcc(profile);
  if (samples === 4) {
    const own = parsed?.space === "CMYK" ? gridWay(parsed, 4, profilePoints) : undefined;
    return own ?? { kind: "grid", points: cmykPoints, dimensions: 4, grid: genericCmykGrid() };
  }
  if (!parsed) return none;
  if (samples === 1 && parsed.space === "GRAY") return grayWay(parsed);
  if (samples === 3 && parsed.space === "RGB")
    return matrixWay(parsed) ?? gridWay(parsed, 3, rgbPoints) ?? none;
  return none;
}

/** Section 8.4.3: each channel's curve, then its colorant in XYZ. */
function matrixWay(profile: IccProfile): ColourWay | undefined {
  // A profile with tables is better described by them than by the matrix it may carry for old readers.
  if (profile.pcs !== "XYZ" || profile.tag("A2B0")) return undefined;
  const sums = new Float32Array(3 * 256 * 4);
  for (const [channel, name] of ["r", "g", "b"].entries()) {
    const colorant = profile.tag(`${name}XYZ`);
    const tone = profile.tag(`${name}TRC`);
    const curve = tone && curveAt(tone)?.curve;
    if (colorant?.type !== "XYZ " || !curve) return undefined;
    const light = xyzToLinear([colorant.fixed(8), colorant.fixed(12), colorant.fixed(16)]);
    for (let value = 0; value < 256; value++) {
      const amount = curve(value / 255);
      sums.set([light[0] * amount, light[1] * amount, light[2] * amount], (channel * 256 + value) * 4);
    }
  }
  return isSrgb(sums) ? none : { kind: "sums", sums };
}

/** Section 8.3: a curve along the white axis. The decoder gives gray as R = G = B; red alone decides. */
function grayWay(profile: IccProfile): ColourWay {
  const tone = profile.tag("kTRC");
  const curve = tone && curveAt(tone)?.curve;
  if (!curve) return none;
  const sums = new Float32Array(3 * 256 * 4);
  for (let value = 0; value < 256; value++) sums.fill(curve(value / 255), value * 4, value * 4 + 3);
  return isSrgb(sums) ? none : { kind: "sums", sums };
}

/**
 * Many profiles are sRGB under other names, rounded a little differently. One that moves no primary, no
 * mixture and no gray by more than a step of 255 changes nothing worth the work.
 */
function isSrgb(sums: Float32Array): boolean {
  const moves = (rgb: readonly [number, number, number]) =>
    rgb.some((value, out) => {
      const light = rgb.reduce((sum, v, channel) => sum + (sums[(channel * 256 + v) * 4 + out] ?? 0), 0);
      return Math.abs(linearToSrgb(Math.min(Math.max(light, 0), 1)) * 255 - value) > 1.5;
    });
  for (let value = 0; value < 256; value++) if (moves([value, value, value])) return false;
  for (let corner = 0; corner < 27; corner++) {
    const level = (power: number) => (Math.floor(corner / power) % 3) * 127;
    if (moves([level(1), level(3), level(9)])) return false;
  }
  return true;
}

function gridWay(profile: IccProfile, dimensions: 3 | 4, points: number): ColourWay | undefined {
  const tag = profile.tag("A2B0");
  const toXyz = tag && lutOf(tag, profile.pcs, dimensions);
  return toXyz && { kind: "grid", points, dimensions, grid: sampleGrid(toXyz, points, dimensions) };
}

function sampleGrid(toXyz: ToXyz, points: number, dimensions: number): Uint8Array {
  const count = points ** dimensions;
  // Paper and ink never reach black; left as it is, the darkest print would be a gray picture on a screen.
  // Black point compensation (ISO 18619): light is stretched so that the darkest colour becomes 0.
  const black = toXyz(Array(dimensions).fill(dimensions === 4 ? 1 : 0));
  const grid = new Uint8Array(count * 4);
  for (let i = 0; i < count; i++) {
    const device = Array.from(
      { length: dimensions },
      (_, c) => (Math.floor(i / points ** (dimensions - 1 - c)) % points) / (points - 1),
    );
    const light = xyzToLinear(withoutBlack(toXyz(device), black));
    for (let out = 0; out < 3; out++)
      grid[i * 4 + out] = Math.round(255 * linearToSrgb(clampLight(light[out] ?? 0)));
  }
  return grid;
}

const clampLight = (value: number) => Math.min(Math.max(value, 0), 1);
