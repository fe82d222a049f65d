// A moving picture through a step for each frame into a new file; only the canvas and one output frame are held.

import type { Outcome } from "../../../formats/outcome.ts";
import type { Pixels } from "../../geometry/pixels.ts";
import type { Animation, FrameEncoder } from "./frames.ts";

/** Gets the reused canvas, gives the output frame; all frames must come out in one size. */
export type FrameTransform = (canvas: Pixels, index: number) => Pixels | Promise<Pixels>;

export async function transformFrames(
  animation: Animation,
  transform: FrameTransform,
  encoder: FrameEncoder,
): Promise<Outcome<Uint8Array<ArrayBuffer>>> {
  for await (const frame of animation.frames()) {
    if (!frame.ok) return frame;
    const { pixels, delayMs, index } = frame.value;
    await encoder.add(await transform(pixels, index), delayMs);
  }
  return { ok: true, value: encoder.finish() };
}
