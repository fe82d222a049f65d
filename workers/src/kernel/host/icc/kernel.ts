// Puts a colour way's tables into the kernel.

import { linearToSrgb } from "./curves.ts";
import type { ColourWay } from "./icc.ts";

export interface ColourExports {
  readonly memory: WebAssembly.Memory;
  colourSums(): number;
  colourGrid(points: number, dimensions: number): number;
  colourSumRow(rgba: number, width: number): number;
  colourGridRow(rgba: number, width: number): number;
  colourCmykRow(
    c: number,
    m: number,
    y: number,
    k: number,
    inverted: number,
    width: number,
    out: number,
  ): number;
}

/** Linear light in the kernel: 14 bits, and 8 more in the sums (assembly/colour.ts). */
const linearMax = 16383;
const sumOne = linearMax * 256;
const sumsBytes = 3 * 256 * 16;

let curve: Uint8Array | undefined;

/** False: the kernel has no memory for it. */
export function loadColour(kernel: ColourExports, way: ColourWay): boolean {
  if (way.kind === "none") return true;
  const at = way.kind === "sums" ? kernel.colourSums() : kernel.colourGrid(way.points, way.dimensions);
  if (at === 0) return false;
  if (way.kind === "grid") {
    new Uint8Array(kernel.memory.buffer).set(way.grid, at);
    return true;
  }
  // Profiles with wild numbers must not wrap around in 32 bits: no sum leaves 16 times the full light.
  const sums = Int32Array.from(way.sums, (v) => Math.round(Math.min(Math.max(v, -16), 16) * sumOne));
  new Int32Array(kernel.memory.buffer).set(sums, at / 4);
  curve ??= Uint8Array.from({ length: linearMax + 1 }, (_, i) =>
    Math.round(255 * linearToSrgb(i / linearMax)),
  );
  new Uint8Array(kernel.memory.buffer).set(curve, at + sumsBytes);
  return true;
}
