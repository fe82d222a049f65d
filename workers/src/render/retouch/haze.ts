// How thick the haze before each part of a picture is: where nothing is dark in any channel, that is haze (the dark channel prior of He, Sun and
// Tang, 2009), and its colour is that of the thickest.
import type { Pixels } from "../../geometry/pixels.ts";
import { cellSide } from "../../plan/retouch.ts";
import { BLUE, GREEN, RED } from "../light.ts";
import { guidedBy, type Lines } from "./guided.ts";
import type { Scratch } from "./scratch.ts";
import { type Plane, planeOf, smallColours } from "./small-light.ts";

export interface Haze {
  /** 0 clear to 1 opaque. */
  readonly thickness: Lines;
  /** 0..255 each. */
  readonly colour: readonly [number, number, number];
}

/** How far around a pixel something dark is looked for, of the shorter side. */
const DARK_REACH = 0.012;
const SMOOTH_REACH = 0.04;
const EDGE = 0.03 ** 2;
/** Of all cells: what is thickest. */
const THICKEST = 0.002;
/** Haze is light; at night there is none. */
const LEAST_LIGHT = 0.72;

export function hazeOf(pixels: Pixels, scratch: Scratch): Haze {
  const by = cellSide(pixels.width, pixels.height);
  const [red, green, blue] = smallColours(pixels, by, scratch);
  const shorter = Math.min(pixels.width, pixels.height) / by;
  const reach = (share: number) => Math.max(1, Math.round(share * shorter));
  const dark = lowest(scratch, combined(scratch, [red, green, blue], Math.min), reach(DARK_REACH));
  const colour = thickestColour(scratch, dark, [red, green, blue]);
  const [r, g, b] = colour;
  const veil = lowest(
    scratch,
    combined(scratch, [red, green, blue], (x, y, z) => Math.min(1, x / r, y / g, z / b)),
    reach(DARK_REACH),
  );
  const light = combined(scratch, [red, green, blue], (x, y, z) => RED * x + GREEN * y + BLUE * z);
  return {
    thickness: guidedBy(light, reach(SMOOTH_REACH), EDGE, by, scratch)(veil),
    colour: [255 * r, 255 * g, 255 * b],
  };
}

type Planes = readonly [Plane, Plane, Plane];

function combined(
  scratch: Scratch,
  [red, green, blue]: Planes,
  mix: (r: number, g: number, b: number) => number,
): Plane {
  const made = planeOf(scratch, red);
  for (let at = 0; at < made.values.length; at++)
    made.values[at] = mix(red.values[at] ?? 0, green.values[at] ?? 0, blue.values[at] ?? 0);
  return made;
}

function thickestColour(scratch: Scratch, dark: Plane, planes: Planes): readonly [number, number, number] {
  const order = scratch.take(dark.values.length);
  order.set(dark.values);
  order.sort();
  const level = order[Math.floor((1 - THICKEST) * (order.length - 1))] ?? 1;
  const sums = [0, 0, 0];
  let count = 0;
  for (let at = 0; at < dark.values.length; at++) {
    if ((dark.values[at] ?? 0) < level) continue;
    for (const [channel, { values }] of planes.entries())
      sums[channel] = (sums[channel] ?? 0) + (values[at] ?? 0);
    count++;
  }
  const [r = 1, g = 1, b = 1] = sums.map((sum) => sum / Math.max(1, count));
  // Paler than it is measured: a blue sky is no blue haze.
  const light = Math.max(r, g, b, 0.01);
  const scale = Math.max(light, LEAST_LIGHT) / light;
  const pale = (channel: number) => Math.min(1, 0.5 * (channel + light) * scale);
  return [pale(r), pale(g), pale(b)];
}

/** The lowest of what lies within `radius` along both axes. */
function lowest(scratch: Scratch, { width, height, values }: Plane, radius: number): Plane {
  const across = planeOf(scratch, { width, height });
  const made = planeOf(scratch, { width, height });
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let least = 1;
      const end = Math.min(width - 1, x + radius);
      for (let at = Math.max(0, x - radius); at <= end; at++)
        least = Math.min(least, values[y * width + at] ?? 1);
      across.values[y * width + x] = least;
    }
  for (let y = 0; y < height; y++) {
    const row = made.values.subarray(y * width, (y + 1) * width).fill(1);
    const end = Math.min(height - 1, y + radius);
    for (let at = Math.max(0, y - radius); at <= end; at++)
      for (let x = 0; x < width; x++) row[x] = Math.min(row[x] ?? 1, across.values[at * width + x] ?? 1);
  }
  return made;
}
