// Finds the point around which a cut should lie: where a small copy of the picture holds most of what draws the eye.
import type { Pixels } from "../../geometry/pixels.ts";
import { interest } from "./interest.ts";

/** Fractions of the picture's width and height. */
export interface Fractions {
  readonly x: number;
  readonly y: number;
}

/** The boxes around a window's middle whose interest is added up, as shares of its sides. */
const SHARES = [1, 2 / 3, 1 / 3] as const;

/**
 * The middle of the window of this size (in pixels of the small copy) that holds most interest. Ties, and pictures
 * without any interest, go to the middle.
 */
export function salientPoint(
  pixels: Pixels,
  window: { readonly width: number; readonly height: number },
): Fractions {
  const { width, height } = pixels;
  const sums = integral(interest(pixels), width, height);
  const spareX = Math.max(0, width - window.width);
  const spareY = Math.max(0, height - window.height);
  const columns = Math.min(width, Math.max(1, Math.round(window.width)));
  const rows = Math.min(height, Math.max(1, Math.round(window.height)));
  let best = { x: spareX / 2, y: spareY / 2, score: Number.NEGATIVE_INFINITY };
  for (let y = 0; y <= height - rows; y++) {
    for (let x = 0; x <= width - columns; x++) {
      // What lies near the window's edge is half lost, so what lies in its middle counts more.
      const held = SHARES.reduce((sum, share) => {
        const [wide, high] = [columns * share, rows * share];
        return sum + boxSum(sums, width, x + (columns - wide) / 2, y + (rows - high) / 2, wide, high);
      }, 0);
      const score = held - shyness(x, spareX) - shyness(y, spareY);
      if (score > best.score) best = { x, y, score };
    }
  }
  return { x: (best.x + columns / 2) / width, y: (best.y + rows / 2) / height };
}

/** A hair's weight for the middle, to settle ties. */
function shyness(at: number, spare: number): number {
  return spare === 0 ? 0 : Math.abs(at / spare - 0.5) * 1e-3;
}

/** Sums over all boxes from the origin, for box sums in four reads. */
function integral(score: Float64Array, width: number, height: number): Float64Array {
  const stride = width + 1;
  const sums = new Float64Array(stride * (height + 1));
  for (let y = 0; y < height; y++) {
    let rowSum = 0;
    for (let x = 0; x < width; x++) {
      rowSum += score[y * width + x] ?? 0;
      sums[(y + 1) * stride + x + 1] = (sums[y * stride + x + 1] ?? 0) + rowSum;
    }
  }
  return sums;
}

function boxSum(
  sums: Float64Array,
  pictureWidth: number,
  x: number,
  y: number,
  width: number,
  height: number,
): number {
  const stride = pictureWidth + 1;
  const [left, top, right, bottom] = [
    Math.round(x),
    Math.round(y),
    Math.round(x + width),
    Math.round(y + height),
  ];
  const at = (column: number, line: number) => sums[line * stride + column] ?? 0;
  return at(right, bottom) - at(left, bottom) - at(right, top) + at(left, top);
}
