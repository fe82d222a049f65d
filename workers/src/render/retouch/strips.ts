// A picture strip by strip, with rows above and below for what looks around a pixel: as if it had been one, in a strip's memory.
import type { Pixels } from "../../geometry/pixels.ts";
import { breathe } from "../../kernel/host/breath.ts";

interface Strips {
  /** Rows that are made at once. */
  readonly rows: number;
  /** Rows above and below that one row hangs on; 0 where only the pixel counts. Never more than `rows`. */
  readonly overlap: number;
  /** About what it takes. */
  readonly msPerMegapixel: number;
}

/** `work` gets a copy of a strip and of the rows around it, and changes it in place; what it makes of the rows around is not used. */
export async function overStrips(
  { width, height, data }: Pixels,
  { rows, overlap, msPerMegapixel }: Strips,
  work: (part: Pixels, strip: number) => void | Promise<void>,
): Promise<void> {
  const stride = width * 4;
  // One piece of memory for all strips: left to the collector, they would stand beside the picture.
  const room = new Uint8ClampedArray(Math.min(height, rows + 2 * overlap) * stride);
  // The rows above as they were: the strip before has changed them.
  const above = new Uint8ClampedArray(Math.min(height, overlap) * stride);
  let kept = 0;
  for (let y = 0, strip = 0; y < height; y += rows, strip++) {
    const end = Math.min(height, y + rows);
    const bottom = Math.min(height, end + overlap);
    const part = room.subarray(0, kept + (bottom - y) * stride);
    part.set(above.subarray(0, kept));
    part.set(data.subarray(y * stride, bottom * stride), kept);
    const next = Math.min(overlap, end) * stride;
    above.set(data.subarray(end * stride - next, end * stride));
    await work({ width, height: part.length / stride, data: part }, strip);
    data.set(part.subarray(kept, kept + (end - y) * stride), y * stride);
    kept = next;
    const pause = breathe((msPerMegapixel * width * (bottom - y)) / 1e6);
    if (pause) await pause;
  }
  room.buffer.transfer(0);
  above.buffer.transfer(0);
}
