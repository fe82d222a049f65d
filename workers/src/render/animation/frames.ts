// What a moving picture is while we work on it: one canvas that turns into frame after frame.
import type { Outcome } from "../../../formats/damage.ts";
import type { Pixels } from "../../geometry/pixels.ts";

export interface Frame {
  /** The whole canvas as shown. It is REUSED: read it before asking for the next frame, copy what must stay. */
  readonly pixels: Pixels;
  readonly delayMs: number;
  readonly index: number;
  /** It is broken, and drawn as far as it goes: the last one. */
  readonly isDamaged?: boolean;
}

/** Frames in order. A frame that cannot be read comes as a refusal, and nothing follows it. */
export type Frames = Iterable<Outcome<Frame>> | AsyncIterable<Outcome<Frame>>;

export interface Animation {
  readonly width: number;
  readonly height: number;
  readonly frameCount: number;
  /** How often the whole is shown: 0 = for ever, 1 = once. */
  readonly plays: number;
  frames(): Frames;
}

/** What takes frames one after another and makes a file of them. It keeps no reference to the pixels. */
export interface FrameEncoder {
  add(pixels: Pixels, delayMs: number): void | Promise<void>;
  /** The bytes so far that nothing will change any more; they are the caller's, and forgotten here. */
  take(): readonly Uint8Array<ArrayBuffer>[];
  /** The rest of the file. */
  finish(): readonly Uint8Array<ArrayBuffer>[];
}
