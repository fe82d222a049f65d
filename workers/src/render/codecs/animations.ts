// The formats that move, and the way from a moving picture to another: each frame shaped, stepped and written in turn.

import type { Size } from "../../../../schema/facts.ts";
import type { Bytes } from "../../../formats/bytes/source.ts";
import type { WriteBytes } from "../../../formats/bytes/write.ts";
import { iccProfileOf } from "../../../formats/icc/find.ts";
import type { Pixels } from "../../geometry/pixels.ts";
import type { Wanted } from "../../geometry/shape.ts";
import type { AnimationLimits } from "../../plan/animation-limits.ts";
import type { MemoryCaps } from "../../plan/caps.ts";
import type { WriteOptions } from "../../plan/encoding.ts";
import { transformFrames } from "../animation/transform-frames.ts";
import type { AnimationCodec } from "./codec.ts";
import { gifAnimation } from "./gif.ts";
import { orRefuse, shapeFrame } from "./kernel.ts";
import { webpAnimation } from "./webp-animation.ts";

export const animations = { gif: gifAnimation, webp: webpAnimation } as const satisfies Record<
  string,
  AnimationCodec
>;
export type AnimatedFormat = keyof typeof animations;

export function isAnimatedFormat(format: string): format is AnimatedFormat {
  return Object.hasOwn(animations, format);
}

export interface Motion {
  readonly from: AnimatedFormat;
  readonly to: AnimatedFormat;
  readonly wanted: Wanted;
  /** Size of every frame after the steps. */
  readonly canvas: Size;
  readonly limits: AnimationLimits;
  readonly options: WriteOptions;
  readonly caps: MemoryCaps;
}

/** Frames, delays and plays arrive as they were. Held at a time: the source's canvas, one output frame, the file so far. */
export async function animate(
  bytes: Bytes,
  { from, to, wanted, canvas, limits, options, caps }: Motion,
  step: (frame: Pixels) => Pixels | Promise<Pixels>,
  write: WriteBytes,
): Promise<void> {
  const file = await bytes.whole();
  const profile = from === "webp" ? iccProfileOf(from, file) : undefined;
  const animation = animations[from].open(file, limits, wanted.stored, caps);
  const encoder = animations[to].write(canvas, animation.plays, options, caps);
  orRefuse(
    await transformFrames(
      animation,
      async (frame) => step(await shapeFrame(frame, wanted, profile)),
      encoder,
      write,
    ),
  );
}
