// Flat patches beside each other, and what became of them.
import type { Pixels } from "../../workers/src/geometry/pixels.ts";
import { pixelAt } from "./drawing.ts";

export type Colour = readonly [red: number, green: number, blue: number];

const SIDE = 24;

/** Opaque squares of 24 pixels in a row. */
export function patchesOf(colours: readonly Colour[]): Pixels {
  const width = colours.length * SIDE;
  const data = new Uint8ClampedArray(width * SIDE * 4);
  for (let at = 0; at < data.length; at += 4)
    data.set([...(colours[Math.floor(((at / 4) % width) / SIDE)] ?? [0, 0, 0]), 255], at);
  return { width, height: SIDE, data };
}

/** The middle of a patch. */
export function patchAt(pixels: Pixels, patch: number): Colour {
  const [red, green, blue] = pixelAt(pixels, patch * SIDE + SIDE / 2, SIDE / 2);
  return [red, green, blue];
}
