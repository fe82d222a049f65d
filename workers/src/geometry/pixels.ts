// The picture as the pipeline holds it: plain RGBA in memory, already near its output size.

/** RGBA, 8 bits a channel, straight (not premultiplied) alpha, sRGB, rows top down without padding. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Length is exactly width * height * 4. */
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** A picture that was read from a file. */
export interface Decoded extends Pixels {
  /** The file is broken or ends too early, and this goes as far as its bytes do. Absent where it is whole. */
  readonly isDamaged?: boolean;
}

/** A rectangle in pixels. Fractions are allowed where the resampler reads a window of the source. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const WORTH_RELEASING = 1_048_576;

/**
 * Gives memory back at once that nobody looks at any more. Left to the garbage collector, the frames of an animation and the
 * picture before would still stand there when the next one is made. Never for pixels in a WebAssembly memory.
 */
export function release({ data }: Pixels): void {
  if (data.byteLength >= WORTH_RELEASING) data.buffer.transfer(0);
}
