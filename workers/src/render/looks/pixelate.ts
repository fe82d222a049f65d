// Squares of one colour: the mean of what lies in them, clear pixels left out.
import type { Pixels } from "../../geometry/pixels.ts";
import { overRows } from "./rows.ts";

export async function pixelate(pixels: Pixels, side: number): Promise<void> {
  const { width } = pixels;
  const across = Math.ceil(width / side);
  // Red, green, blue by alpha, and alpha.
  const sums = new Float64Array(across * 4);
  await overRows(pixels, side, 10, (rows) => {
    sums.fill(0);
    eachSquare(rows, width, side, (at, square) => {
      const alpha = rows[at + 3] ?? 0;
      sums[square] = (sums[square] ?? 0) + (rows[at] ?? 0) * alpha;
      sums[square + 1] = (sums[square + 1] ?? 0) + (rows[at + 1] ?? 0) * alpha;
      sums[square + 2] = (sums[square + 2] ?? 0) + (rows[at + 2] ?? 0) * alpha;
      sums[square + 3] = (sums[square + 3] ?? 0) + alpha;
    });
    for (let square = 0; square < sums.length; square += 4) {
      const alpha = sums[square + 3] || 1;
      for (let channel = square; channel < square + 3; channel++)
        sums[channel] = (sums[channel] ?? 0) / alpha;
    }
    eachSquare(rows, width, side, (at, square) => {
      rows[at] = sums[square] ?? 0;
      rows[at + 1] = sums[square + 1] ?? 0;
      rows[at + 2] = sums[square + 2] ?? 0;
    });
  });
}

function eachSquare(
  rows: Uint8ClampedArray,
  width: number,
  side: number,
  visit: (at: number, square: number) => void,
): void {
  for (let at = 0; at < rows.length; )
    for (let x = 0, square = 0; x < width; square += 4)
      for (const end = Math.min(width, x + side); x < end; x++, at += 4) visit(at, square);
}
