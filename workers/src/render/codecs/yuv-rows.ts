// Planes of luma and chroma, as a video decoder leaves them, brought to rows of RGBA: a picture of one piece never stands as RGBA as a whole.
import { Damage } from "../../../formats/damage.ts";

export interface Plane {
  /** Where it lies in the codec's memory, and how far apart its rows are, in bytes. */
  readonly at: number;
  readonly stride: number;
  readonly width: number;
  readonly height: number;
}

export interface YuvPicture {
  readonly width: number;
  readonly height: number;
  /** Of a sample; more than 8 lie in two bytes, the lower one first. */
  readonly bits: number;
  readonly luma: Plane;
  /** Null for gray. */
  readonly chroma: { readonly blue: Plane; readonly red: Plane } | null;
  /** ISO/IEC 23091-2; 2 is not said. */
  readonly matrix: number;
  readonly isFullRange: boolean;
}

/** The weights of red and blue in luma. What is not said is BT.601, as libheif takes it. */
const weights: Readonly<Record<number, readonly [red: number, blue: number]>> = {
  1: [0.2126, 0.0722],
  2: [0.299, 0.114],
  4: [0.3, 0.11],
  5: [0.299, 0.114],
  6: [0.299, 0.114],
  7: [0.212, 0.087],
  9: [0.2627, 0.0593],
};

const STRIP_ROWS = 32;

/** Hands out strips of RGBA from the top down; the strip is reused. `memory` is asked for each time: views die when it grows. */
export function* rowsOfYuv(picture: YuvPicture, memory: () => ArrayBufferLike): Generator<Uint8ClampedArray> {
  const { width, height, bits, luma, chroma } = picture;
  const tables = tablesFor(picture);
  const strip = new Uint8ClampedArray(width * Math.min(STRIP_ROWS, height) * 4);
  const lift = bits - 8;
  const rowOf = ({ at, stride, width: samples }: Plane, y: number) =>
    lift > 0
      ? new Uint16Array(memory(), at + y * stride, samples)
      : new Uint8Array(memory(), at + y * stride, samples);
  const across = chroma && chroma.blue.width < width ? 1 : 0;
  const down = chroma && chroma.blue.height < height ? 1 : 0;
  for (let top = 0; top < height; top += STRIP_ROWS) {
    const rows = Math.min(STRIP_ROWS, height - top);
    for (let row = 0, to = 0; row < rows; row++) {
      const y = top + row;
      const lights = rowOf(luma, y);
      const blues = chroma && rowOf(chroma.blue, y >> down);
      const reds = chroma && rowOf(chroma.red, y >> down);
      for (let x = 0; x < width; x++, to += 4) {
        const light = tables.light[(lights[x] ?? 0) >> lift] ?? 0;
        const blue = blues ? (blues[x >> across] ?? 0) >> lift : 128;
        const red = reds ? (reds[x >> across] ?? 0) >> lift : 128;
        strip[to] = light + (tables.redOfRed[red] ?? 0);
        strip[to + 1] = light + (tables.greenOfRed[red] ?? 0) + (tables.greenOfBlue[blue] ?? 0);
        strip[to + 2] = light + (tables.blueOfBlue[blue] ?? 0);
        strip[to + 3] = 255;
      }
    }
    yield strip.subarray(0, rows * width * 4);
  }
}

/** ITU-T H.273, section 8.3: what each byte of luma and chroma adds to red, green and blue. */
function tablesFor({ matrix, isFullRange }: YuvPicture) {
  const pair = weights[matrix];
  if (!pair) throw new Damage("its colours are of a kind that is not supported");
  const [red, blue] = pair;
  const green = 1 - red - blue;
  const table = (value: (byte: number) => number) =>
    Float32Array.from({ length: 256 }, (_, byte) => value(byte));
  const chroma = (factor: number) => table((byte) => (byte - 128) * factor * (isFullRange ? 1 : 255 / 224));
  return {
    light: table((byte) => (isFullRange ? byte : ((byte - 16) * 255) / 219)),
    redOfRed: chroma(2 * (1 - red)),
    blueOfBlue: chroma(2 * (1 - blue)),
    greenOfRed: chroma((-2 * red * (1 - red)) / green),
    greenOfBlue: chroma((-2 * blue * (1 - blue)) / green),
  };
}
