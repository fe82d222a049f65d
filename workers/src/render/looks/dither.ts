// Few tones, and what each pixel is off passed on to its neighbours (Floyd and Steinberg, 1976), every other row backwards.
import type { Pixels } from "../../geometry/pixels.ts";
import type { Looks } from "../../plan/looks.ts";
import { lightAt } from "../light.ts";
import { overRows } from "./rows.ts";

/** `levels` tones of each channel; of light alone where one colour is to come of it. */
export async function dither(pixels: Pixels, levels: number, looks: Looks): Promise<void> {
  const isGray = looks.grayscale || looks.monochrome !== undefined || looks.duotone !== undefined;
  const { width } = pixels;
  // What comes of a value with what its neighbours were off, from -256 to 511.
  const made = Int16Array.from({ length: 768 }, (_, at) => {
    const level = Math.round(((at - 256) * (levels - 1)) / 255);
    return Math.round((Math.min(levels - 1, Math.max(0, level)) * 255) / (levels - 1));
  });
  // Sixteenths that rows pass on, with a pixel beside each end.
  const errors = [0, 1, 2].map(() => new Int32Array(width + 2));
  await overRows(pixels, 1, isGray ? 20 : 45, (row, y) => {
    const by = y % 2 === 0 ? 1 : -1;
    if (isGray) for (let at = 0; at < row.length; at += 4) row[at] = lightAt(row, at);
    for (let channel = 0; channel < (isGray ? 1 : 3); channel++) {
      const passed = errors[channel];
      if (passed) ditherRow(row, channel, by, passed, made);
    }
    if (isGray) for (let at = 0; at < row.length; at += 4) row[at + 1] = row[at + 2] = row[at] ?? 0;
  });
}

/** `passed` holds what the row above has passed on, and is left with what this one does. */
function ditherRow(
  row: Uint8ClampedArray,
  channel: number,
  by: 1 | -1,
  passed: Int32Array,
  made: Int16Array,
): void {
  const width = row.length >> 2;
  let x = by > 0 ? 1 : width;
  // To the next pixel; to those below: behind, under and ahead of it.
  let [ahead, behind, under] = [0, 0, 0];
  for (let left = width; left > 0; left--, x += by) {
    const at = (x - 1) * 4 + channel;
    const wanted = (row[at] ?? 0) + (((passed[x] ?? 0) + ahead + 8) >> 4);
    const value = made[wanted + 256] ?? 0;
    const error = wanted - value;
    row[at] = value;
    ahead = 7 * error;
    passed[x - by] = behind + 3 * error;
    behind = under + 5 * error;
    under = error;
  }
  passed[x - by] = behind;
}
