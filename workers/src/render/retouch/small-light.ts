// A picture's light, made small: what tools look at that ask what lies around a pixel.
import type { Size } from "../../../../schema/facts.ts";
import type { Pixels } from "../../geometry/pixels.ts";

/** Numbers by rows. */
export interface Plane extends Size {
  readonly values: Float32Array<ArrayBuffer>;
}

export const emptyPlane = ({ width, height }: Size): Plane => ({
  width,
  height,
  values: new Float32Array(width * height),
});

/** Light of 0..1 by Rec. 709 on values as stored, averaged in cells of `by` pixels; what is clear counts as its neighbours' mean. */
export function smallLight({ width, height, data }: Pixels, by: number): Plane {
  const light = emptyPlane({ width: Math.ceil(width / by), height: Math.ceil(height / by) });
  const weights = new Float32Array(light.width);
  let [seen, sum] = [0, 0];
  for (let row = 0; row < light.height; row++) {
    const values = light.values.subarray(row * light.width, (row + 1) * light.width);
    weights.fill(0);
    const end = Math.min(height, (row + 1) * by);
    for (let y = row * by; y < end; y++) {
      let at = y * width * 4;
      for (let x = 0, cell = 0, left = by; x < width; x++, at += 4) {
        const alpha = data[at + 3] ?? 0;
        const tone = 0.2126 * (data[at] ?? 0) + 0.7152 * (data[at + 1] ?? 0) + 0.0722 * (data[at + 2] ?? 0);
        values[cell] = (values[cell] ?? 0) + tone * alpha;
        weights[cell] = (weights[cell] ?? 0) + alpha;
        if (--left === 0) {
          left = by;
          cell++;
        }
      }
    }
    for (let x = 0; x < light.width; x++) {
      const weight = weights[x] ?? 0;
      if (weight === 0) {
        values[x] = Number.NaN;
        continue;
      }
      const mean = (values[x] ?? 0) / weight / 255;
      values[x] = mean;
      sum += mean;
      seen++;
    }
  }
  const mean = seen === 0 ? 0 : sum / seen;
  if (seen < light.values.length)
    for (let at = 0; at < light.values.length; at++)
      if (Number.isNaN(light.values[at])) light.values[at] = mean;
  return light;
}
