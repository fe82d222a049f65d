// Brings a whole decoded frame to the picture that was wanted: for codecs that can't do so while they decode.
import { CodecError } from "./codec-error.ts";
import type { Wanted } from "./codecs/codec.ts";
import { storedBox, turnedSize } from "./orientation.ts";
import type { Pixels } from "./pixels.ts";
import { resample } from "./resample.ts";
import { turnPixels } from "./turn.ts";

/** Cuts and resizes first, as stored, and then turns the smaller picture. */
export function shapeFrame(frame: Pixels, { stored, turn, window, content }: Wanted): Pixels {
  if (frame.width !== stored.width || frame.height !== stored.height) {
    throw new CodecError("The picture's size is not the one that its header claims.");
  }
  return turnPixels(resample(frame, storedBox(window, stored, turn), turnedSize(content, turn)), turn);
}
