// The one shape of all codecs: bytes -> picture -> bytes. Only codecs import WebAssembly.
import type { Size } from "../../shared/size.ts";
import type { Animation, AnimationLimits, FrameEncoder } from "../animation/frames.ts";
import type { Box, Orientation, Pixels } from "../pixels.ts";

/** Where an original's bytes come from; opened only when they are read. */
export interface Bytes {
  stream(): Promise<ReadableStream<Uint8Array>>;
  whole(): Promise<Uint8Array<ArrayBuffer>>;
  /** A part; shorter where the original ends before it does. */
  range(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** The picture that a decoder is asked for: turned, then cut to the window, then brought to the size. */
export interface Wanted {
  /** Size of the stored picture, from its header. */
  readonly stored: Size;
  readonly turn: Orientation;
  readonly window: Box;
  readonly content: Size;
}

export interface Reader {
  decode(bytes: Bytes, wanted: Wanted): Promise<Pixels>;
}

export interface WriteOptions {
  /** 1..100, alike in every format; null = nothing may be lost. */
  readonly quality: number | null;
}

export interface Writer {
  encode(pixels: Pixels, options: WriteOptions): Promise<Uint8Array<ArrayBuffer>>;
}

/** A format that moves. */
export interface AnimationCodec {
  /** Reads the structure, not the frames; what is over the limits is refused here. */
  open(file: Uint8Array<ArrayBuffer>, limits: AnimationLimits): Animation;
  /** `plays`: 0 = for ever. */
  write(canvas: Size, plays: number, options: WriteOptions): FrameEncoder;
}
