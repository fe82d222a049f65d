// Which AVIFs libavif brings to red, green and blue. Where it can't it says so, jSquash does not listen, and hands over memory that nobody
// wrote: so the file is asked before, and the frame after.
import { Damage } from "../../../formats/damage.ts";
import { type AvifSamples, avifSamples, type SampleColours } from "../../../formats/heif/samples.ts";
import type { Pixels } from "../../geometry/pixels.ts";

const IDENTITY = 0;
const YCGCO = 8;
/** By trying all 256 on every subsampling. BT.709, not said, FCC, BT.470, BT.601, SMPTE 240, BT.2020, by primaries. */
const EVERYWHERE: ReadonlySet<number> = new Set([1, 2, 4, 5, 6, 7, 9, 12]);

export function isConvertible({ matrix, isFullRange, samplesPerPixel }: SampleColours): boolean {
  if (matrix === IDENTITY) return samplesPerPixel === 1 || samplesPerPixel === 3;
  if (matrix === YCGCO) return isFullRange;
  return EVERYWHERE.has(matrix);
}

export function samplesOf(file: Uint8Array): AvifSamples {
  try {
    return avifSamples(file);
  } catch (error) {
    if (error instanceof Damage || error instanceof RangeError)
      throw new Damage("its headers are damaged", { cause: error });
    throw error;
  }
}

/** Of a picture without alpha: whether both ends of every row were written. The memory was clear before, and opaque is 255. */
export function isWritten({ data, width, height }: Pixels): boolean {
  for (let row = 0; row < height; row++) {
    const first = row * width * 4;
    if (data[first + 3] !== 255 || data[first + width * 4 - 1] !== 255) return false;
  }
  return true;
}
