// The tables of the kernel's one pass: all tools that know nothing but a pixel, together, and rounded once.
import {
  CUBE_SIDE,
  LIGHT_FRACTION,
  LIGHT_WHITE,
  type PixelTables,
  TONE_WHITE,
  TONES,
} from "../../kernel/host/retouch.ts";
import type { Retouch } from "../../plan/retouch.ts";
import { balanceMatrix } from "./balance.ts";
import { type Colouring, colouringOf } from "./colour.ts";
import type { Matrix } from "./matrix.ts";
import { toLinear } from "./srgb.ts";
import { toneOf } from "./tone.ts";

const byTone = ["exposure", "temp", "tint", "whites", "blacks", "curve"] as const;

/** Null = none of them is asked for. */
export function tablesFor(retouch: Retouch): PixelTables | null {
  const colouring = colouringOf(retouch);
  if (!colouring && byTone.every((name) => retouch[name] === undefined)) return null;
  const { temp = 0, tint = 0 } = retouch;
  const balance = temp === 0 && tint === 0 ? unchanged : balanceMatrix(temp, tint);
  // What white becomes.
  const most = Math.max(1, ...balance.map(([red, green, blue]) => red + green + blue));
  return {
    sums: sumsOf(balance),
    tone: tones(retouch, most),
    cube: colouring && cubeOf(colouring),
  };
}

const unchanged: Matrix = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

function sumsOf(matrix: Matrix): Int32Array<ArrayBuffer> {
  const sums = new Int32Array(3 * 256 * 4);
  const white = LIGHT_WHITE * 2 ** LIGHT_FRACTION;
  for (let value = 0; value < 256; value++) {
    const light = toLinear(value / 255) * white;
    for (const [output, row] of matrix.entries())
      for (const [input, share] of row.entries())
        sums[(input * 256 + value) * 4 + output] = Math.round(light * share);
  }
  return sums;
}

/** Every light is worked out in the dark; above it, where a step is far less than one of 8 bits, one of so many. */
const DARK = 2_048;
const COARSE = 16;

function tones(retouch: Retouch, most: number): Uint16Array<ArrayBuffer> {
  const tone = toneOf(retouch, most);
  const at = (light: number) => tone(light / LIGHT_WHITE) * TONE_WHITE;
  const tones = new Uint16Array(TONES);
  for (let light = 0; light < DARK; light++) tones[light] = Math.round(at(light));
  let before = at(DARK);
  for (let start = DARK; start < TONES; start += COARSE) {
    const after = at(start + COARSE);
    for (let step = 0; step < COARSE; step++)
      tones[start + step] = Math.round(before + ((after - before) * step) / COARSE);
    before = after;
  }
  return tones;
}

/** For what begins with a cube: each colour is its own tone. */
export function plainTables(): Pick<PixelTables, "sums" | "tone"> {
  plain ??= { sums: sumsOf(unchanged), tone: tones({}, 1) };
  return plain;
}
let plain: Pick<PixelTables, "sums" | "tone"> | undefined;

/** `colouring` at every point of the lattice. */
function cubeOf(colouring: Colouring): Int16Array<ArrayBuffer> {
  const cube = new Int16Array(CUBE_SIDE ** 3 * 4);
  const lights = Array.from({ length: CUBE_SIDE }, (_, point) => toLinear(point / (CUBE_SIDE - 1)));
  let at = 0;
  for (const red of lights)
    for (const green of lights)
      for (const blue of lights) {
        const [r, g, b] = colouring([red, green, blue]);
        cube[at] = Math.round(r * TONE_WHITE);
        cube[at + 1] = Math.round(g * TONE_WHITE);
        cube[at + 2] = Math.round(b * TONE_WHITE);
        at += 4;
      }
  return cube;
}
