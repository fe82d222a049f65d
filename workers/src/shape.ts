// What is wanted of a picture, in the kernel's terms: those of the picture as stored.
import type { Size } from "../shared/size.ts";
import type { Wanted } from "./codecs/codec.ts";
import type { Shape } from "./kernel/job.ts";
import { storedBox, turnedSize } from "./orientation.ts";

export function shapeOf({ stored, turn, window, content }: Wanted): Shape {
  return { stored, turn, window: storedBox(window, stored, turn), size: turnedSize(content, turn) };
}

/** The whole picture, blurred by as many of its pixels, at its own size or a smaller one. */
export function softShape({ width, height }: Size, sigma: number, content: Size): Shape {
  const stored = { width, height };
  const size = { width: content.width, height: content.height };
  return { stored, window: { x: 0, y: 0, ...stored }, size, turn: 1, soften: { x: sigma, y: sigma } };
}
