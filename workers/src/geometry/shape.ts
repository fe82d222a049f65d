// What is wanted of a picture, in the kernel's terms: those of the picture as stored.
import type { Orientation, Size } from "../../../schema/facts.ts";
import { storedBox, turnedSize } from "./orientation.ts";
import type { Box } from "./pixels.ts";

/** The picture that a decoder is asked for: turned, then cut to the window, then brought to the size. */
export interface Wanted {
  /** Size of the stored picture, from its header. */
  readonly stored: Size;
  readonly turn: Orientation;
  readonly window: Box;
  readonly content: Size;
}

/** The picture that is wanted, told in the pixels of the stored one; the turn comes last. */
export interface Shape {
  /** Size of the stored picture, from its header. A file that turns out different is refused. */
  readonly stored: Size;
  /** The part of it that is shown. Fractions are fine. */
  readonly window: Box;
  /** What the window is resized to, as stored: before the turn swaps width and height. */
  readonly size: Size;
  readonly turn: Orientation;
  /** Standard deviations of a Gaussian blur in stored pixels, for pixels and rows only; it takes the resizing filter's place. */
  readonly soften?: { readonly x: number; readonly y: number };
}

export function shapeOf({ stored, turn, window, content }: Wanted): Shape {
  return { stored, turn, window: storedBox(window, stored, turn), size: turnedSize(content, turn) };
}

/** The whole picture, blurred by as many of its pixels, at its own size or a smaller one. */
export function softShape({ width, height }: Size, sigma: number, content: Size): Shape {
  const stored = { width, height };
  const size = { width: content.width, height: content.height };
  return { stored, window: { x: 0, y: 0, ...stored }, size, turn: 1, soften: { x: sigma, y: sigma } };
}
