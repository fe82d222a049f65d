// A tiny picture of a huge one is made in two goes: a filter that makes one row out of thousands would hold all of them.
import type { Size } from "../../../schema/facts.ts";

/** How many rows may become one while they are decoded. The filter is six times as high: 16,000 pixels wide, 24 MB. */
const STEEPEST = 32;

/** The size that a decoder is asked for; where it is not `content`, the picture is resized once more. */
export function firstSize(window: Size, content: Size): Size {
  const width = Math.max(content.width, Math.floor(window.width / STEEPEST));
  const height = Math.max(content.height, Math.floor(window.height / STEEPEST));
  return { width, height };
}

export function isOneGo(window: Size, content: Size): boolean {
  const { width, height } = firstSize(window, content);
  return width === content.width && height === content.height;
}
