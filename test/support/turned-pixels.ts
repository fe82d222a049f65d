// Turns pixels the way an EXIF orientation says.
import type { Orientation } from "../../schema/facts.ts";
import { storedBox, turnedSize } from "../../workers/src/geometry/orientation.ts";
import type { Pixels } from "../../workers/src/geometry/pixels.ts";

/** The picture upright; an upright one is answered as it is. */
export function turnPixels(pixels: Pixels, turn: Orientation): Pixels {
  if (turn === 1) return pixels;
  const { width, height } = turnedSize(pixels, turn);
  // Where the first pixel of the answer lies in the source, and how far to step there for one to the right and one down.
  const at = (x: number, y: number) => {
    const box = storedBox({ x, y, width: 1, height: 1 }, pixels, turn);
    return box.y * pixels.width + box.x;
  };
  const first = at(0, 0);
  const right = at(1, 0) - first;
  const down = at(0, 1) - first;

  const source = new Uint32Array(pixels.data.buffer, pixels.data.byteOffset, pixels.width * pixels.height);
  const target = new Uint32Array(width * height);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0, from = first + y * down; x < width; x++, from += right) target[to++] = source[from] ?? 0;
  }
  return { width, height, data: new Uint8ClampedArray(target.buffer) };
}
