// A picture made small in cells: what tools look at that ask what lies around a pixel.
import type { Size } from "../../../../schema/facts.ts";
import type { Pixels } from "../../geometry/pixels.ts";
import { BLUE, GREEN, RED } from "../light.ts";
import type { Scratch } from "./scratch.ts";

/** Numbers by rows. */
export interface Plane extends Size {
  readonly values: Float32Array<ArrayBuffer>;
}

/** With whatever numbers lie there. */
export const planeOf = (scratch: Scratch, { width, height }: Size): Plane => ({
  width,
  height,
  values: scratch.take(width * height),
});

/** Light of 0..1 by Rec. 709 on values as stored, averaged in cells of `by` pixels; what is clear counts as the mean of the rest. */
export function smallLight(pixels: Pixels, by: number, scratch: Scratch): Plane {
  return averaged(pixels, by, [RED, GREEN, BLUE], scratch);
}

/** Red, green and blue in the same way. */
export function smallColours(pixels: Pixels, by: number, scratch: Scratch): readonly [Plane, Plane, Plane] {
  return [
    averaged(pixels, by, [1, 0, 0], scratch),
    averaged(pixels, by, [0, 1, 0], scratch),
    averaged(pixels, by, [0, 0, 1], scratch),
  ];
}

/** `shares` of red, green and blue, which may be below 0. */
export function averaged(
  { width, height, data }: Pixels,
  by: number,
  [redShare, greenShare, blueShare]: readonly [number, number, number],
  scratch: Scratch,
): Plane {
  const size = { width: Math.ceil(width / by), height: Math.ceil(height / by) };
  const plane = planeOf(scratch, size);
  plane.values.fill(0);
  const weights = new Float32Array(plane.width);
  let [seen, sum] = [0, 0];
  for (let row = 0; row < plane.height; row++) {
    const values = plane.values.subarray(row * plane.width, (row + 1) * plane.width);
    weights.fill(0);
    const end = Math.min(height, (row + 1) * by);
    for (let y = row * by; y < end; y++) {
      let at = y * width * 4;
      for (let x = 0, cell = 0, left = by; x < width; x++, at += 4) {
        const alpha = data[at + 3] ?? 0;
        const tone =
          redShare * (data[at] ?? 0) + greenShare * (data[at + 1] ?? 0) + blueShare * (data[at + 2] ?? 0);
        values[cell] = (values[cell] ?? 0) + tone * alpha;
        weights[cell] = (weights[cell] ?? 0) + alpha;
        if (--left === 0) {
          left = by;
          cell++;
        }
      }
    }
    for (let x = 0; x < plane.width; x++) {
      const weight = weights[x] ?? 0;
      const mean = weight === 0 ? Number.NaN : (values[x] ?? 0) / weight / 255;
      values[x] = mean;
      if (weight === 0) continue;
      sum += mean;
      seen++;
    }
  }
  const mean = seen === 0 ? 0 : sum / seen;
  if (seen < plane.values.length)
    for (let at = 0; at < plane.values.length; at++)
      if (Number.isNaN(plane.values[at])) plane.values[at] = mean;
  return plane;
}
