// Animated WebP in and out: our container around libwebp's stills.
import { WebpAnimationEncoder } from "../animation/webp/webp-encoder.ts";
import { openWebp } from "../animation/webp/webp-frames.ts";
import type { AnimationCodec } from "./codec.ts";
import { orRefuse } from "./kernel.ts";
import { decodeWebp, encodeWebp } from "./webp.ts";

export const webpAnimation: AnimationCodec = {
  open: (file, limits, canvas) => orRefuse(openWebp(file, limits, canvas, decodeWebp)),
  write: (canvas, plays, options) =>
    new WebpAnimationEncoder({ ...canvas, plays }, (pixels) => encodeWebp(pixels, options)),
};
