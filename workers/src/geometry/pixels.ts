// The picture as the pipeline holds it: plain RGBA in memory, already near its output size.

/** RGBA, 8 bits a channel, straight (not premultiplied) alpha, sRGB, rows top down without padding. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Length is exactly width * height * 4. */
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** A rectangle in pixels. Fractions are allowed where the resampler reads a window of the source. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
