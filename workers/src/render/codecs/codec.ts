// The one shape of all codecs: bytes -> picture -> bytes. Only codecs import WebAssembly.

import type { Size } from "../../../../schema/facts.ts";
import type { Bytes } from "../../../formats/bytes/source.ts";
import type { WriteBytes } from "../../../formats/bytes/write.ts";
import type { Decoded, Pixels } from "../../geometry/pixels.ts";
import type { Wanted } from "../../geometry/shape.ts";
import type { AnimationLimits } from "../../plan/animation-limits.ts";
import type { MemoryCaps } from "../../plan/caps.ts";
import type { WriteOptions } from "../../plan/encoding.ts";
import type { Animation, FrameEncoder } from "../animation/frames.ts";

export interface Reader {
  /**
   * What needs more memory than `caps` allow is refused; without a plan's, as much as any job may have. A damaged file is read as far as
   * it goes, and says so.
   */
  decode(bytes: Bytes, wanted: Wanted, caps?: MemoryCaps): Promise<Decoded>;
}

export interface Writer {
  /** `maxBytes`: what a codec's memory may grow to. */
  encode(pixels: Pixels, options: WriteOptions, write: WriteBytes, maxBytes?: number): Promise<void>;
}

/** A format that moves. */
export interface AnimationCodec {
  /** Reads the structure, not the frames; what is over the limits is refused here. `canvas` is what was planned for. */
  open(file: Uint8Array<ArrayBuffer>, limits: AnimationLimits, canvas: Size, caps?: MemoryCaps): Animation;
  /** `plays`: 0 = for ever. */
  write(canvas: Size, plays: number, options: WriteOptions, caps?: MemoryCaps): FrameEncoder;
}
