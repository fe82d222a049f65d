// Animated WebP in and out: our container around libwebp's stills.

import { noPlan } from "../../plan/caps.ts";
import { WebpAnimationEncoder } from "../animation/webp/webp-encoder.ts";
import { openWebp } from "../animation/webp/webp-frames.ts";
import type { AnimationCodec } from "./codec.ts";
import { orRefuse } from "./kernel.ts";
import { decodeOrNull, encodeWebp } from "./webp.ts";

export const webpAnimation: AnimationCodec = {
  open: (file, limits, canvas, { reader } = noPlan) =>
    orRefuse(openWebp(file, limits, canvas, (still) => decodeOrNull(still, reader))),
  write: (canvas, plays, options, { writer, file } = noPlan) =>
    new WebpAnimationEncoder({ ...canvas, plays, mostBytes: file }, (pixels) =>
      encodeWebp(pixels, options, writer),
    ),
};
