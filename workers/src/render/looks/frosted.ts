// Frosted glass: each pixel is the mean of four around it, one to each side; a single one is grain, not glass. The glass hangs on the place alone, so that a film moves behind it.
import type { Pixels } from "../../geometry/pixels.ts";
import { lookRows, scatterOf, stripPixels } from "../../plan/looks.ts";
import { overStrips } from "../retouch/strips.ts";

export async function frosted(pixels: Pixels, strength: number): Promise<void> {
  const reach = scatterOf(strength, pixels);
  const rows = lookRows(reach, pixels.width);
  // One piece of memory for all strips, or the collector would let theirs stand beside the picture.
  const room = new Uint8ClampedArray(stripPixels(pixels, reach) * 4);
  const was = new Uint32Array(room.buffer);
  const wide = reach + 1;
  await overStrips(pixels, { rows, overlap: reach, msPerMegapixel: 35 }, ({ width, height, data }, strip) => {
    const top = Math.max(0, strip * rows - reach);
    room.set(data);
    for (let y = 0, at = 0; y < height; y++)
      for (let x = 0; x < width; x++, at += 4) {
        const chance = scattered(x, y + top);
        const up = Math.max(0, y - (((chance & 0xff) * wide) >>> 8)) * width;
        const down = Math.min(height - 1, y + ((((chance >>> 8) & 0xff) * wide) >>> 8)) * width;
        const left = Math.max(0, x - ((((chance >>> 16) & 0xff) * wide) >>> 8));
        const right = Math.min(width - 1, x + (((chance >>> 24) * wide) >>> 8));
        const a = was[up + left] ?? 0;
        const b = was[up + right] ?? 0;
        const c = was[down + left] ?? 0;
        const d = was[down + right] ?? 0;
        if ((a & b & c & d) >>> 24 === 255) {
          data[at] = ((a & 255) + (b & 255) + (c & 255) + (d & 255) + 2) >> 2;
          data[at + 1] =
            (((a >>> 8) & 255) + ((b >>> 8) & 255) + ((c >>> 8) & 255) + ((d >>> 8) & 255) + 2) >> 2;
          data[at + 2] =
            (((a >>> 16) & 255) + ((b >>> 16) & 255) + ((c >>> 16) & 255) + ((d >>> 16) & 255) + 2) >> 2;
          continue;
        }
        // Clear pixels have no colour to give.
        const [p, q, r, s] = [a >>> 24, b >>> 24, c >>> 24, d >>> 24];
        const sum = p + q + r + s;
        if (sum === 0) continue;
        for (let channel = 0, shift = 0; channel < 3; channel++, shift += 8)
          data[at + channel] =
            (((a >>> shift) & 255) * p +
              ((b >>> shift) & 255) * q +
              ((c >>> shift) & 255) * r +
              ((d >>> shift) & 255) * s) /
            sum;
      }
  });
}

/** 32 bits for a place, the same for ever (the finaliser of MurmurHash3). */
function scattered(x: number, y: number): number {
  let mixed = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca77);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
