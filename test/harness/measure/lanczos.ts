// The reference for quality: Lanczos with three lobes over every pixel of the full picture, in floating point, no short cuts.

import type { RawPicture } from "./ssim.ts";

const lobes = 3;

function lanczos(x: number): number {
  if (x === 0) return 1;
  if (Math.abs(x) >= lobes) return 0;
  const px = Math.PI * x;
  return (lobes * Math.sin(px) * Math.sin(px / lobes)) / (px * px);
}

interface Tap {
  readonly first: number;
  readonly weights: Float32Array;
}

/** For each output position the inputs that it is made of. */
function tapsFor(from: number, to: number): Tap[] {
  const scale = from / to;
  const stretch = Math.max(1, scale);
  return Array.from({ length: to }, (_, at) => {
    const centre = (at + 0.5) * scale;
    const first = Math.max(0, Math.floor(centre - lobes * stretch));
    const last = Math.min(from, Math.ceil(centre + lobes * stretch));
    const raw = Array.from({ length: last - first }, (_, tap) =>
      lanczos((first + tap + 0.5 - centre) / stretch),
    );
    const sum = raw.reduce((total, weight) => total + weight, 0);
    return { first, weights: Float32Array.from(raw, (weight) => weight / sum) };
  });
}

export function resizeExactly(picture: RawPicture, width: number, height: number): RawPicture {
  if (picture.width === width && picture.height === height) return picture;
  const columns = tapsFor(picture.width, width);
  const across = new Float32Array(width * picture.height * 3);
  for (let row = 0; row < picture.height; row++) {
    const line = picture.rgb.subarray(row * picture.width * 3, (row + 1) * picture.width * 3);
    for (const [column, { first, weights }] of columns.entries()) {
      let [red, green, blue] = [0, 0, 0];
      for (let tap = 0, from = first * 3; tap < weights.length; tap++, from += 3) {
        const weight = weights[tap] ?? 0;
        red += weight * (line[from] ?? 0);
        green += weight * (line[from + 1] ?? 0);
        blue += weight * (line[from + 2] ?? 0);
      }
      const to = (row * width + column) * 3;
      across[to] = red;
      across[to + 1] = green;
      across[to + 2] = blue;
    }
  }
  return { width, height, rgb: gatherRows(across, width * 3, tapsFor(picture.height, height)) };
}

function gatherRows(across: Float32Array, stride: number, rows: readonly Tap[]): Uint8Array {
  const rgb = new Uint8ClampedArray(stride * rows.length);
  const sum = new Float32Array(stride);
  for (const [row, { first, weights }] of rows.entries()) {
    sum.fill(0);
    for (const [tap, weight] of weights.entries()) {
      const from = (first + tap) * stride;
      for (let at = 0; at < stride; at++) sum[at] = (sum[at] ?? 0) + weight * (across[from + at] ?? 0);
    }
    rgb.set(sum, row * stride);
  }
  return new Uint8Array(rgb.buffer);
}
