// What is wanted of a picture, in the kernel's terms: those of the picture as stored.
import type { Wanted } from "./codecs/codec.ts";
import type { Shape } from "./kernel/job.ts";
import { storedBox, turnedSize } from "./orientation.ts";

export function shapeOf({ stored, turn, window, content }: Wanted): Shape {
  return { stored, turn, window: storedBox(window, stored, turn), size: turnedSize(content, turn) };
}
