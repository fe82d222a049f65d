// Gaussian blur of any width in bounded time: a wide one is done on a smaller copy, where it is narrow.
import { resizePixels } from "../codecs/kernel.ts";
import type { Pixels } from "../pixels.ts";
import { blurRows, type Sigma } from "./gaussian.ts";
import type { Step } from "./step.ts";

/**
 * Standard deviations from here on shrink the picture first. What a blur of 1.5 pixels leaves at the finest detail that the
 * smaller copy can hold is under a ten-thousandth, so nothing is lost that would have been seen.
 */
const WIDE_SIGMA = 3;
const SMALL_SIGMA = 1.5;

export const blur: Step = (pixels, { effects: { blurSigma } }) =>
  blurSigma === null ? pixels : blurPixels(pixels, blurSigma);

export async function blurPixels(pixels: Pixels, sigma: number): Promise<Pixels> {
  if (sigma < WIDE_SIGMA) return blurNarrow(pixels, { x: sigma, y: sigma });
  const { width, height } = pixels;
  const shrink = sigma / SMALL_SIGMA;
  const small = {
    width: Math.max(1, Math.round(width / shrink)),
    height: Math.max(1, Math.round(height / shrink)),
  };
  const copy = await resizePixels(pixels, small);
  // Sizes are whole, so each side is shrunk by a little more or less than was meant.
  const soft = blurNarrow(copy, { x: (sigma * small.width) / width, y: (sigma * small.height) / height });
  return resizePixels(soft, { width, height });
}

function blurNarrow(pixels: Pixels, sigma: Sigma): Pixels {
  const { data, width, height } = pixels;
  const isOpaque = hasNoAlpha(data);
  const target = new Uint8ClampedArray(data.length);
  blurRows(isOpaque ? data : premultiplied(data), width, height, 4, sigma, (row, y) => {
    if (!isOpaque) unmultiply(row);
    target.set(row, y * width * 4);
  });
  return { width, height, data: target };
}

function hasNoAlpha(data: Uint8ClampedArray): boolean {
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return false;
  return true;
}

/** Colours weighed by how much of them is seen: clear pixels give none away. */
function premultiplied(data: Uint8ClampedArray): Float32Array {
  const samples = Float32Array.from(data);
  for (let at = 0; at < samples.length; at += 4) {
    const share = (samples[at + 3] ?? 0) / 255;
    for (let channel = 0; channel < 3; channel++)
      samples[at + channel] = (samples[at + channel] ?? 0) * share;
  }
  return samples;
}

function unmultiply(row: Float32Array): void {
  for (let at = 0; at < row.length; at += 4) {
    const alpha = row[at + 3] ?? 0;
    const share = alpha > 0 ? 255 / alpha : 0;
    for (let channel = 0; channel < 3; channel++) row[at + channel] = (row[at + channel] ?? 0) * share;
  }
}
