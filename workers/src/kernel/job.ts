// What a caller asks of the kernel, and what it gets.

import type { Box, Orientation, Pixels } from "../pixels.ts";

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

export type Source =
  | { readonly kind: "jpeg"; readonly stream: ReadableStream<Uint8Array> }
  | { readonly kind: "png"; readonly stream: ReadableStream<Uint8Array> }
  | { readonly kind: "pixels"; readonly pixels: Pixels; readonly profile?: Profile }
  | RowSource;

/** Whole rows of RGBA from the top down, as many at a time as their decoder makes. A strip is read before the next is asked for. */
export interface RowSource {
  readonly kind: "rows";
  readonly rows: AsyncIterable<Uint8ClampedArray> | Iterable<Uint8ClampedArray>;
  readonly hasAlpha: boolean;
  readonly profile?: Profile;
}

/** The ICC profile of RGB that is not sRGB yet. */
export type Profile = Uint8Array | undefined;

/** The picture that is wanted, told in the pixels of the stored one; the turn comes last. */
export interface Shape {
  /** Size of the stored picture, from its header. A file that turns out different is refused. */
  readonly stored: PictureSize;
  /** The part of it that is shown. Fractions are fine. */
  readonly window: Box;
  /** What the window is resized to, as stored: before the turn swaps width and height. */
  readonly size: PictureSize;
  readonly turn: Orientation;
  /** Standard deviations of a Gaussian blur in stored pixels, for pixels and rows only; it takes the resizing filter's place. */
  readonly soften?: { readonly x: number; readonly y: number };
}

export type Encoding =
  | {
      readonly kind: "jpeg";
      readonly quality: number;
      readonly chroma: "4:4:4" | "4:2:0";
      /** In scans, where the memory allowed holds the coefficients (2 bytes a sample); else baseline. */
      readonly progressive?: boolean;
      /** Whole segments for behind the header, as jpeg-segments.ts makes them. */
      readonly segments?: Uint8Array<ArrayBuffer>;
    }
  | { readonly kind: "png" };

/** Gets the bytes of a file as they are made. The array is the callee's to keep. */
export type WriteBytes = (bytes: Uint8Array<ArrayBuffer>) => Promise<void> | void;

/** Gets whole rows of RGBA as they are made, top to bottom as stored. They lie in the kernel: read them at once. */
export type TakeRows = (rows: Uint8Array) => void;

export interface Made {
  /** The source was truncated or broken, and the picture shows what there was. */
  readonly isDamaged: boolean;
  /** The WASM memory that the job used, for holding it against its plan. */
  readonly usedBytes: number;
}

export interface MadePixels extends Made {
  readonly pixels: Pixels;
}
