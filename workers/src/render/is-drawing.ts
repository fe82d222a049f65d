// Whether a picture is a drawing (text, charts, logos, screens) or a photograph, told by its pixels.
//
// In a drawing most pixels are their neighbour's very colour; in a photograph, a JPEG's smooth sky too, few are. What is left over is
// foretold as lossless formats do it, by the gradient of its neighbours, and the entropy of the errors says how well that would pack.
// docs/auto-format.md shows both for the pictures that the limits were chosen by.
import type { Pixels } from "../geometry/pixels.ts";

export interface Flatness {
  /** The share of pixels that are exactly as the one beside or above. */
  readonly flat: number;
  /** Bits that a pixel would take without loss; an estimate, mostly too high. */
  readonly bitsPerPixel: number;
}

const LEAST_FLAT = 0.5;
/** Above this the lossy file was less than two thirds of the lossless one, in every picture tried. */
const MOST_BITS_PER_PIXEL = 2.25;

export const isDrawing = ({ flat }: Flatness) => flat >= LEAST_FLAT;
export const packsWell = ({ flat, bitsPerPixel }: Flatness) =>
  flat >= LEAST_FLAT && bitsPerPixel <= MOST_BITS_PER_PIXEL;

/** As many pixels tell enough: rows all over the picture. */
const MOST_LOOKED_AT = 400_000;

export function flatnessOf({ width, height, data }: Pixels): Flatness {
  const pixels = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const errors = [new Uint32Array(256), new Uint32Array(256), new Uint32Array(256), new Uint32Array(256)];
  const step = Math.max(1, Math.floor((width * height) / MOST_LOOKED_AT));
  let seen = 0;
  let same = 0;
  for (let y = 0; y < height; y += step) {
    const above = y === 0 ? 0 : -width;
    for (let x = 0, at = y * width; x < width; x++, at++) {
      const colour = pixels[at] ?? 0;
      const left = pixels[x === 0 ? at + above : at - 1] ?? 0;
      const up = pixels[at + above] ?? 0;
      seen++;
      if (colour === left || (colour === up && y > 0)) same++;
      else countErrors(errors, colour, left, up, pixels[x === 0 ? at + above : at + above - 1] ?? 0);
    }
  }
  const flat = same / Math.max(1, seen);
  const errorBits = errors.reduce((sum, counts) => sum + entropyBits(counts), 0);
  return { flat, bitsPerPixel: errorBits / Math.max(1, seen) + binaryEntropy(flat) };
}

/** Green, what red and blue differ by from it, and alpha: as VP8L takes them apart. */
function countErrors(
  [greens, reds, blues, alphas]: readonly Uint32Array[],
  colour: number,
  left: number,
  up: number,
  corner: number,
): void {
  const green = errorOf(colour, left, up, corner, 8);
  count(greens, green);
  count(reds, errorOf(colour, left, up, corner, 0) - green);
  count(blues, errorOf(colour, left, up, corner, 16) - green);
  count(alphas, errorOf(colour, left, up, corner, 24));
}

function count(counts: Uint32Array | undefined, error: number): void {
  if (counts) counts[error & 255] = (counts[error & 255] ?? 0) + 1;
}

function errorOf(colour: number, left: number, up: number, corner: number, shift: number): number {
  const gradient = ((left >>> shift) & 255) + ((up >>> shift) & 255) - ((corner >>> shift) & 255);
  return ((colour >>> shift) & 255) - Math.min(255, Math.max(0, gradient));
}

/** Bits for all that was counted. */
function entropyBits(counts: Uint32Array): number {
  const total = counts.reduce((sum, found) => sum + found, 0);
  return counts.reduce((bits, found) => bits - (found === 0 ? 0 : found * Math.log2(found / total)), 0);
}

function binaryEntropy(share: number): number {
  return [share, 1 - share].reduce((bits, part) => bits - (part > 0 ? part * Math.log2(part) : 0), 0);
}
