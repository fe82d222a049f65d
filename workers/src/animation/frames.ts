// What a moving picture is while we work on it: one canvas that turns into frame after frame.
import type { Pixels } from "../pixels.ts";

/** Why a moving picture cannot be read, as a value. */
export interface Damage {
  readonly code: "damaged" | "truncated" | "unsupported" | "too-large";
  /** One sentence for a log or an API answer. */
  readonly reason: string;
}

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: Damage };

export const refuse = (
  code: Damage["code"],
  reason: string,
): { readonly ok: false; readonly error: Damage } => ({
  ok: false,
  error: { code, reason },
});

export interface Frame {
  /** The whole canvas as shown. It is REUSED: read it before asking for the next frame, copy what must stay. */
  readonly pixels: Pixels;
  readonly delayMs: number;
  readonly index: number;
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

/** What takes frames one after another and gives a file at the end. It keeps no reference to the pixels. */
export interface FrameEncoder {
  add(pixels: Pixels, delayMs: number): void | Promise<void>;
  finish(): Uint8Array<ArrayBuffer>;
}

/** The attack these stop: a few KB of file that ask for hours of work. */
export interface AnimationLimits {
  readonly maxFrames: number;
  /** Megapixels of all frames together, each counted as the whole canvas. */
  readonly maxMegapixels: number;
}

/** The refusal that these frames deserve, or null. */
export function overLimits(limits: AnimationLimits, frameCount: number, pixelSum: number): Damage | null {
  if (frameCount > limits.maxFrames)
    return { code: "too-large", reason: `The picture has more than ${limits.maxFrames} frames.` };
  if (pixelSum > limits.maxMegapixels * 1e6)
    return {
      code: "too-large",
      reason: `Its frames hold more than ${limits.maxMegapixels} megapixels together.`,
    };
  return null;
}
