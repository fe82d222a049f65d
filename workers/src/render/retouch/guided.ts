// The guided filter (He, Sun and Tang, 2010), on a small picture (He and Sun, 2015): a blur that stops at edges. What comes out of it
// is, around each pixel, a line: the soft light there is `slope * light + offset`. Lines are smooth, so that they may be made small and
// drawn large again, and the edges come from the light itself.

import type { Size } from "../../../../schema/facts.ts";
import type { Pixels } from "../../geometry/pixels.ts";
import { breathe } from "../../kernel/host/breath.ts";
import { cellSide } from "../../plan/retouch.ts";
import type { Scratch } from "./scratch.ts";
import { type Plane, smallLight } from "./small-light.ts";

export interface Lines {
  readonly slope: Plane;
  readonly offset: Plane;
  /** Pixels of the picture in a cell of these, along a side. */
  readonly by: number;
}

/** For targets of one guide. A target near an edge of its guide keeps it; `eps` is the variance below which there is no edge. */
export function guidedBy(
  guide: Plane,
  radius: number,
  eps: number,
  by: number,
  scratch: Scratch,
): (target: Plane) => Lines {
  const { width, height } = guide;
  const area = width * height;
  const mean = (of: Plane): Plane => ({ width, height, values: boxMean(of, radius, scratch) });
  const product = (a: Plane, b: Plane): Plane => {
    const values = scratch.take(area);
    for (let at = 0; at < area; at++) values[at] = (a.values[at] ?? 0) * (b.values[at] ?? 0);
    return { width, height, values };
  };
  const meanGuide = mean(guide);
  const meanSquare = mean(product(guide, guide));
  return (target) => {
    const isSelf = guide === target;
    const meanTarget = isSelf ? meanGuide : mean(target);
    const meanProduct = isSelf ? meanSquare : mean(product(guide, target));
    const [slope, offset] = [scratch.take(area), scratch.take(area)];
    for (let at = 0; at < area; at++) {
      const g = meanGuide.values[at] ?? 0;
      const t = meanTarget.values[at] ?? 0;
      const variance = Math.max(0, (meanSquare.values[at] ?? 0) - g * g);
      const line = ((meanProduct.values[at] ?? 0) - g * t) / (variance + eps);
      slope[at] = line;
      offset[at] = t - line * g;
    }
    return {
      slope: mean({ width, height, values: slope }),
      offset: mean({ width, height, values: offset }),
      by,
    };
  };
}

/** Soft light of the picture itself. `reach`: of its shorter side. */
export function softLines(pixels: Pixels, reach: number, eps: number, scratch: Scratch): Lines {
  const by = cellSide(pixels.width, pixels.height);
  const light = smallLight(pixels, by, scratch);
  const radius = Math.max(1, Math.round((reach * Math.min(pixels.width, pixels.height)) / by));
  return guidedBy(light, radius, eps, by, scratch)(light);
}

/** Milliseconds for a megapixel, about: a little more than the plan's figures, so that nobody waits long. */
const MS_PER_MEGAPIXEL = 20;

/** Tells `work` the lines of each row of a picture, one value a pixel. */
export async function alongLines(
  pixels: Pixels,
  lines: Lines,
  work: (y: number, slope: Float32Array, offset: Float32Array) => void,
): Promise<void> {
  const at = linesAt(lines, pixels);
  for (let y = 0; y < pixels.height; y++) {
    const { slope, offset } = at(y);
    work(y, slope, offset);
    const pause = breathe((MS_PER_MEGAPIXEL * pixels.width) / 1e6);
    if (pause) await pause;
  }
}

interface RowLines {
  readonly slope: Float32Array;
  readonly offset: Float32Array;
}

/** The lines of a row of a picture, in arrays that the next row is written over. */
export function linesAt({ slope, offset, by }: Lines, { width }: Size): (y: number) => RowLines {
  const columns = columnsOf(width, slope.width, by);
  const between = new Float32Array(slope.width);
  const row = { slope: new Float32Array(width), offset: new Float32Array(width) };
  return (y) => {
    stretch(slope, y, by, between, columns, row.slope);
    stretch(offset, y, by, between, columns, row.offset);
    return row;
  };
}

interface Columns {
  readonly cell: Uint32Array;
  readonly share: Float32Array;
}

/** Of each pixel the cell left of it, and how far it is on the way to the next one. */
function columnsOf(width: number, cells: number, by: number): Columns {
  const [cell, share] = [new Uint32Array(width), new Float32Array(width)];
  for (let x = 0; x < width; x++) [cell[x], share[x]] = placeOf(x, cells, by);
  return { cell, share };
}

function placeOf(at: number, cells: number, by: number): readonly [cell: number, share: number] {
  const place = Math.min(Math.max((at + 0.5) / by - 0.5, 0), cells - 1);
  const cell = Math.min(Math.floor(place), Math.max(0, cells - 2));
  return [cell, cells === 1 ? 0 : place - cell];
}

function stretch(
  { values, width, height }: Plane,
  y: number,
  by: number,
  between: Float32Array,
  { cell, share }: Columns,
  into: Float32Array,
): void {
  const [row, down] = placeOf(y, height, by);
  const above = row * width;
  const below = height === 1 ? above : above + width;
  for (let x = 0; x < width; x++) {
    const high = values[above + x] ?? 0;
    between[x] = high + down * ((values[below + x] ?? 0) - high);
  }
  const last = width - 1;
  for (let x = 0; x < into.length; x++) {
    const left = cell[x] ?? 0;
    const value = between[left] ?? 0;
    into[x] = value + (share[x] ?? 0) * ((between[left < last ? left + 1 : last] ?? 0) - value);
  }
}

/** The mean of what lies within `radius` along both axes, of what there is at the borders. */
function boxMean({ values, width, height }: Plane, radius: number, scratch: Scratch) {
  const across = scratch.take(width * height);
  for (let y = 0; y < height; y++) {
    const start = y * width;
    let [sum, count] = [0, 0];
    for (let x = -radius; x < width; x++) {
      if (x + radius < width) {
        sum += values[start + x + radius] ?? 0;
        count++;
      }
      if (x > radius) {
        sum -= values[start + x - radius - 1] ?? 0;
        count--;
      }
      if (x >= 0) across[start + x] = sum / count;
    }
  }
  const mean = scratch.take(width * height);
  const sums = new Float64Array(width);
  let count = 0;
  for (let y = -radius; y < height; y++) {
    const enters = y + radius < height ? (y + radius) * width : -1;
    const leaves = y > radius ? (y - radius - 1) * width : -1;
    if (enters >= 0) count++;
    if (leaves >= 0) count--;
    if (enters >= 0 && leaves >= 0)
      for (let x = 0; x < width; x++)
        sums[x] = (sums[x] ?? 0) + (across[enters + x] ?? 0) - (across[leaves + x] ?? 0);
    else if (enters >= 0)
      for (let x = 0; x < width; x++) sums[x] = (sums[x] ?? 0) + (across[enters + x] ?? 0);
    else if (leaves >= 0)
      for (let x = 0; x < width; x++) sums[x] = (sums[x] ?? 0) - (across[leaves + x] ?? 0);
    if (y < 0) continue;
    const share = 1 / count;
    const start = y * width;
    for (let x = 0; x < width; x++) mean[start + x] = (sums[x] ?? 0) * share;
  }
  return mean;
}
