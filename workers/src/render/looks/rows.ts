// A picture row by row, in place, with others let in between.
import type { Pixels } from "../../geometry/pixels.ts";
import { breathe } from "../../kernel/host/breath.ts";

/** `work` gets the RGBA of `high` rows at once (fewer at the end), from row `y` on. */
export async function overRows(
  { width, height, data }: Pixels,
  high: number,
  msPerMegapixel: number,
  work: (rows: Uint8ClampedArray, y: number) => void,
): Promise<void> {
  for (let y = 0; y < height; y += high) {
    const end = Math.min(height, y + high);
    work(data.subarray(y * width * 4, end * width * 4), y);
    const pause = breathe((msPerMegapixel * width * (end - y)) / 1e6);
    if (pause) await pause;
  }
}
