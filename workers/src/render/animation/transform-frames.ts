// A moving picture through a step for each frame into a new file; only the canvas and one output frame are held.

import type { WriteBytes } from "../../../formats/bytes/write.ts";
import type { Outcome } from "../../../formats/damage.ts";
import { type Pixels, release } from "../../geometry/pixels.ts";
import { breathe } from "../../kernel/host/breath.ts";
import type { Animation, FrameEncoder } from "./frames.ts";

/** Gets the reused canvas, gives the output frame; all frames must come out in one size. */
export type FrameTransform = (canvas: Pixels, index: number) => Pixels | Promise<Pixels>;

/** About what a frame takes. */
const MS_PER_PIXEL = 5e-5;

export async function transformFrames(
  animation: Animation,
  transform: FrameTransform,
  encoder: FrameEncoder,
  write: WriteBytes,
): Promise<Outcome<void>> {
  for await (const frame of animation.frames()) {
    if (!frame.ok) return frame;
    const { pixels, delayMs, index } = frame.value;
    const made = await transform(pixels, index);
    await encoder.add(made, delayMs);
    const madePixels = made.width * made.height;
    if (made.data.buffer !== pixels.data.buffer) release(made);
    for (const piece of encoder.take()) await write(piece);
    await breathe(MS_PER_PIXEL * (pixels.width * pixels.height + madePixels));
  }
  for (const piece of encoder.finish()) await write(piece);
  return { ok: true, value: undefined };
}
