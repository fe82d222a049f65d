// Turns a frame's colours into palette indices, spreading what the palette cannot show over the neighbours.
import type { ColourMemory } from "./colour-memory.ts";
import type { Palette } from "./palette.ts";

/**
 * Writes an index for every opaque word and `transparentIndex` for every 0. `dither` 0..1 says how much of a pixel's
 * error its neighbours get (Floyd and Steinberg 1976, every other row right to left so that no worms grow).
 */
export function paintIndices(
  words: Uint32Array,
  width: number,
  palette: Palette,
  transparentIndex: number,
  dither: number,
  memory: ColourMemory,
  indices: Uint8Array,
): void {
  if (palette.exact) paintExact(words, palette.exact, transparentIndex, indices);
  else paintDithered(words, width, palette, transparentIndex, dither, memory, indices);
}

function paintExact(
  words: Uint32Array,
  exact: ReadonlyMap<number, number>,
  transparentIndex: number,
  indices: Uint8Array,
) {
  let last = 0;
  let index = transparentIndex;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? 0;
    if (word !== last) {
      last = word;
      index = word === 0 ? transparentIndex : (exact.get(word) ?? transparentIndex);
    }
    indices[i] = index;
  }
}

function paintDithered(
  words: Uint32Array,
  width: number,
  { nearest }: Palette,
  transparentIndex: number,
  dither: number,
  memory: ColourMemory,
  indices: Uint8Array,
): void {
  memory.use(nearest);
  // Errors of this row and the next, three channels a pixel, one spare pixel at either end.
  let here = new Float32Array((width + 2) * 3);
  let below = new Float32Array((width + 2) * 3);
  const share = dither / 16;
  const height = words.length / width;
  for (let y = 0; y < height; y++) {
    const step = y % 2 === 0 ? 1 : -1;
    let x = step === 1 ? 0 : width - 1;
    for (let n = 0; n < width; n++, x += step) {
      const word = words[y * width + x] ?? 0;
      if (word === 0) {
        indices[y * width + x] = transparentIndex;
        continue;
      }
      const at = (x + 1) * 3;
      const red = toByte((word & 255) + (here[at] ?? 0));
      const green = toByte(((word >>> 8) & 255) + (here[at + 1] ?? 0));
      const blue = toByte(((word >>> 16) & 255) + (here[at + 2] ?? 0));
      const index = memory.find(red, green, blue);
      indices[y * width + x] = index;
      if (share === 0) continue;
      const shown = nearest.colours[index] ?? 0;
      const ahead = at + step * 3;
      const behind = at - step * 3;
      const redError = (red - (shown & 255)) * share;
      const greenError = (green - ((shown >>> 8) & 255)) * share;
      const blueError = (blue - ((shown >>> 16) & 255)) * share;
      here[ahead] = (here[ahead] ?? 0) + redError * 7;
      here[ahead + 1] = (here[ahead + 1] ?? 0) + greenError * 7;
      here[ahead + 2] = (here[ahead + 2] ?? 0) + blueError * 7;
      below[behind] = (below[behind] ?? 0) + redError * 3;
      below[behind + 1] = (below[behind + 1] ?? 0) + greenError * 3;
      below[behind + 2] = (below[behind + 2] ?? 0) + blueError * 3;
      below[at] = (below[at] ?? 0) + redError * 5;
      below[at + 1] = (below[at + 1] ?? 0) + greenError * 5;
      below[at + 2] = (below[at + 2] ?? 0) + blueError * 5;
      below[ahead] = (below[ahead] ?? 0) + redError;
      below[ahead + 1] = (below[ahead + 1] ?? 0) + greenError;
      below[ahead + 2] = (below[ahead + 2] ?? 0) + blueError;
    }
    [here, below] = [below, here];
    below.fill(0);
  }
}

/** Clamping here also stops a colour outside the palette's reach from pushing its error along for ever. */
const toByte = (value: number): number => (value <= 0 ? 0 : value >= 255 ? 255 : (value + 0.5) | 0);
