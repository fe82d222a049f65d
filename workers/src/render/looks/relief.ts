// Outlines and relief: how light changes across a pixel, from the eight around it.
import type { Pixels } from "../../geometry/pixels.ts";
import { lookRows, stripPixels } from "../../plan/looks.ts";
import { lightAt } from "../light.ts";
import { overStrips } from "../retouch/strips.ts";

/** Light of the eight around: upper left to lower right. */
type Change = (
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
  f: number,
  g: number,
  h: number,
) => number;

/** By Sobel; a full step of light would come to 4 * 255. */
const steepness: Change = (a, b, c, d, e, f, g, h) => {
  const across = c - a + 2 * (e - d) + h - f;
  const down = f - a + 2 * (g - b) + h - c;
  return 0.7 * Math.sqrt(across * across + down * down);
};
/** What it is above the upper left. */
const slope: Change = (a, b, _c, d, e, _f, g, h) => 2 * (h - a) + e - d + g - b;

/** Outlines, light on black. */
export function edges(pixels: Pixels, strength: number): Promise<void> {
  const share = strength / 100;
  return byChange(pixels, steepness, (value, change) => value + (change - value) * share);
}

export function emboss(pixels: Pixels, strength: number): Promise<void> {
  const share = (0.8 * strength) / 100;
  return byChange(pixels, slope, (value, change) => value + change * share);
}

async function byChange(
  pixels: Pixels,
  changeOf: Change,
  made: (value: number, change: number) => number,
): Promise<void> {
  const light = new Float32Array(stripPixels(pixels, 1));
  const strips = { rows: lookRows(1, pixels.width), overlap: 1, msPerMegapixel: 25 };
  await overStrips(pixels, strips, ({ width, height, data }) => {
    const places = width * height;
    for (let place = 0; place < places; place++) light[place] = lightAt(data, place * 4);
    for (let y = 0, at = 0; y < height; y++) {
      const row = y * width;
      const above = Math.max(0, y - 1) * width;
      const below = Math.min(height - 1, y + 1) * width;
      for (let x = 0; x < width; x++, at += 4) {
        const left = x === 0 ? 0 : x - 1;
        const right = x === width - 1 ? x : x + 1;
        const change = changeOf(
          light[above + left] ?? 0,
          light[above + x] ?? 0,
          light[above + right] ?? 0,
          light[row + left] ?? 0,
          light[row + right] ?? 0,
          light[below + left] ?? 0,
          light[below + x] ?? 0,
          light[below + right] ?? 0,
        );
        data[at] = made(data[at] ?? 0, change);
        data[at + 1] = made(data[at + 1] ?? 0, change);
        data[at + 2] = made(data[at + 2] ?? 0, change);
      }
    }
  });
}
