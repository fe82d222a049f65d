// Resizes RGBA with a separable Lanczos filter, on premultiplied alpha so that transparent pixels give no colour away.
import type { Size } from "../shared/size.ts";
import type { Box, Pixels } from "./pixels.ts";

/** What one output sample reads: `weights[i]` of the source sample `first + i`; the weights add up to 1. */
interface Tap {
  readonly first: number;
  readonly weights: Float32Array;
}

const LOBES = 3;

/** The window of a picture at another size. The window may have fractions; an unchanged one is answered as it is. */
export function resample(source: Pixels, window: Box, size: Size): Pixels {
  const { width, height } = size;
  const isWhole =
    window.x === 0 && window.y === 0 && window.width === source.width && window.height === source.height;
  if (isWhole && source.width === width && source.height === height) return source;

  const columns = taps(window.x, window.width, width, source.width);
  const rows = taps(window.y, window.height, height, source.height);
  const data = new Uint8ClampedArray(width * height * 4);
  const row = new Float32Array(source.width * 4);
  rows.forEach((tap, y) => {
    sumRows(source, tap, row);
    sumColumns(row, columns, data, y * width * 4);
  });
  return { width, height, data };
}

/** The filter's weights for every output sample along one side. */
function taps(start: number, length: number, outputs: number, limit: number): readonly Tap[] {
  const step = length / outputs;
  const stretch = Math.max(1, step);
  const reach = LOBES * stretch;
  return Array.from({ length: outputs }, (_, index) => {
    const middle = start + (index + 0.5) * step - 0.5;
    const first = Math.max(0, Math.ceil(middle - reach));
    const last = Math.min(limit - 1, Math.floor(middle + reach));
    const weights = Float32Array.from({ length: Math.max(1, last - first + 1) }, (_, tap) =>
      lanczos((first + tap - middle) / stretch),
    );
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return { first: Math.min(first, limit - 1), weights: weights.map((weight) => weight / sum) };
  });
}

function lanczos(x: number): number {
  if (x === 0) return 1;
  if (Math.abs(x) >= LOBES) return 0;
  const angle = Math.PI * x;
  return (LOBES * Math.sin(angle) * Math.sin(angle / LOBES)) / (angle * angle);
}

/** Weighted sum of source rows into `row`, premultiplied. */
function sumRows(source: Pixels, { first, weights }: Tap, row: Float32Array): void {
  const { data, width } = source;
  row.fill(0);
  for (let tap = 0; tap < weights.length; tap++) {
    const weight = weights[tap] ?? 0;
    let from = (first + tap) * width * 4;
    for (let to = 0; to < row.length; to += 4, from += 4) {
      const alpha = data[from + 3] ?? 0;
      const share = (weight * alpha) / 255;
      row[to] = (row[to] ?? 0) + (data[from] ?? 0) * share;
      row[to + 1] = (row[to + 1] ?? 0) + (data[from + 1] ?? 0) * share;
      row[to + 2] = (row[to + 2] ?? 0) + (data[from + 2] ?? 0) * share;
      row[to + 3] = (row[to + 3] ?? 0) + weight * alpha;
    }
  }
}

/** Weighted sums along a premultiplied row, written as straight RGBA. */
function sumColumns(
  row: Float32Array,
  columns: readonly Tap[],
  data: Uint8ClampedArray,
  start: number,
): void {
  let to = start;
  for (const { first, weights } of columns) {
    let red = 0;
    let green = 0;
    let blue = 0;
    let alpha = 0;
    for (let tap = 0, from = first * 4; tap < weights.length; tap++, from += 4) {
      const weight = weights[tap] ?? 0;
      red += (row[from] ?? 0) * weight;
      green += (row[from + 1] ?? 0) * weight;
      blue += (row[from + 2] ?? 0) * weight;
      alpha += (row[from + 3] ?? 0) * weight;
    }
    const straight = alpha > 0 ? 255 / alpha : 0;
    data[to] = red * straight;
    data[to + 1] = green * straight;
    data[to + 2] = blue * straight;
    data[to + 3] = alpha;
    to += 4;
  }
}
