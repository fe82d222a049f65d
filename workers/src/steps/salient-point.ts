// Finds the point around which a cut should lie: where a small copy of the picture holds most of what draws the eye.
import type { Pixels } from "../pixels.ts";

/** Fractions of the picture's width and height. */
export interface Fractions {
  readonly x: number;
  readonly y: number;
}

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
      // What lies near the window's edge is half lost, so its middle counts twice.
      const inner = boxSum(sums, width, x + columns / 6, y + rows / 6, columns * (2 / 3), rows * (2 / 3));
      const score =
        boxSum(sums, width, x, y, columns, rows) + inner - shyness(x, spareX) - shyness(y, spareY);
      if (score > best.score) best = { x, y, score };
    }
  }
  return { x: (best.x + columns / 2) / width, y: (best.y + rows / 2) / height };
}

/** A hair's weight for the middle, to settle ties. */
function shyness(at: number, spare: number): number {
  return spare === 0 ? 0 : Math.abs(at / spare - 0.5) * 1e-3;
}

/** How much each pixel draws the eye; the whole adds up to 1. */
function interest(pixels: Pixels): Float64Array {
  const { width, height, data } = pixels;
  const grey = Float32Array.from({ length: width * height }, (_, at) => {
    const [red = 0, green = 0, blue = 0] = data.subarray(at * 4, at * 4 + 3);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  });
  const mean = meanColour(data);
  const score = new Float64Array(width * height);
  let sum = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const value =
        (edge(grey, at, width) + contrastTo(data, at * 4, mean) + skin(data, at * 4)) *
        ((data[at * 4 + 3] ?? 0) / 255);
      score[at] = value * value;
      sum += value * value;
    }
  }
  return sum > 0 ? score.map((value) => value / sum) : score;
}

function meanColour(data: Uint8ClampedArray): readonly [number, number, number] {
  const sums: [number, number, number] = [0, 0, 0];
  for (let at = 0; at < data.length; at += 4) {
    sums[0] += data[at] ?? 0;
    sums[1] += data[at + 1] ?? 0;
    sums[2] += data[at + 2] ?? 0;
  }
  const count = data.length / 4;
  return [sums[0] / count, sums[1] / count, sums[2] / count];
}

/** Edges against their neighbourhood: 0..1. */
function edge(grey: Float32Array, at: number, width: number): number {
  const across = Math.abs((grey[at + 1] ?? 0) - (grey[at - 1] ?? 0));
  const down = Math.abs((grey[at + width] ?? 0) - (grey[at - width] ?? 0));
  return Math.min(1, (across + down) / 160);
}

/** Colours that the rest of the picture does not have: 0..1. */
function contrastTo(data: Uint8ClampedArray, at: number, mean: readonly [number, number, number]): number {
  const away = mean.reduce((sum, value, channel) => sum + ((data[at + channel] ?? 0) - value) ** 2, 0);
  return Math.min(1, Math.sqrt(away) / 220);
}

/** Faces come first: the hue of skin of all shades lies in one narrow band. */
function skin(data: Uint8ClampedArray, at: number): number {
  const red = data[at] ?? 0;
  const green = data[at + 1] ?? 0;
  const blue = data[at + 2] ?? 0;
  const sum = red + green + blue + 1;
  const isSkin =
    red > 60 &&
    red > green &&
    green > blue * 0.9 &&
    red - blue > 20 &&
    red / sum > 0.36 &&
    red / sum < 0.5 &&
    green / sum > 0.28;
  return isSkin ? 0.35 : 0;
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
