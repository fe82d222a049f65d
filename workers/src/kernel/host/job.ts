// What a caller asks of the kernel, and what it gets.

import type { Pixels } from "../../geometry/pixels.ts";

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
  /** Asked when the last row has been read: was the file broken, and some of them not in it? */
  readonly isDamaged?: () => boolean;
  /** What the profile must be for. Of inks, a pixel is cyan, magenta, yellow and black, 255 the most: all of them are brought to sRGB. */
  readonly colours?: "gray" | "rgb" | "inks";
}

/** The ICC profile of RGB that is not sRGB yet. */
export type Profile = Uint8Array | undefined;

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
