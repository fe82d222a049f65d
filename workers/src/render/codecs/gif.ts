// GIF in and out: stills, and animations frame by frame on one canvas.

import { readFirstGifFrame } from "../animation/gif/first-frame.ts";
import { GifEncoder } from "../animation/gif/gif-encoder.ts";
import { openGif } from "../animation/gif/gif-frames.ts";
import type { AnimationCodec, Reader, Writer } from "./codec.ts";
import { orRefuse, renderWanted } from "./kernel.ts";

/** Enough to break up the bands of a sky; more makes photographs noisy and their files a fifth larger. */
const DITHER = 0.5;

/** For the first frame: the plan knows the canvas, this stops a frame that claims to be far larger. */
const STILL_LIMITS = { maxFrames: 1, maxMegapixels: 50 };

export const gifReader: Reader = {
  async decode(bytes, wanted) {
    return renderWanted(
      orRefuse(readFirstGifFrame(await bytes.whole(), STILL_LIMITS, wanted.stored)),
      wanted,
    );
  },
};

export const gifWriter: Writer = {
  async encode(pixels, _options, write) {
    const { width, height } = pixels;
    const encoder = new GifEncoder({ width, height, plays: 1, dither: DITHER });
    encoder.add(pixels, 0);
    for (const piece of encoder.finish()) await write(piece);
  },
};

export const gifAnimation: AnimationCodec = {
  open: (file, limits, canvas) => orRefuse(openGif(file, limits, canvas)),
  write: (canvas, plays) => new GifEncoder({ ...canvas, plays, dither: DITHER }),
};
