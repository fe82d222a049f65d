// Our own kernel as the codecs use it: one for the isolate, started when the first picture comes.

import type { Size } from "../../shared/size.ts";
import { CodecError } from "../codec-error.ts";
import type { KernelResult } from "../kernel/errors.ts";
import { Kernel } from "../kernel/kernel.ts";
import kernelModule from "../kernel/kernel.wasm";
import type { Pixels } from "../pixels.ts";
import { shapeOf, softShape } from "../shape.ts";
import type { Wanted } from "./codec.ts";

export { shapeOf } from "../shape.ts";

export const kernel = new Kernel(kernelModule);

export function orRefuse<Value>(result: KernelResult<Value>): Value {
  if (result.ok) return result.value;
  throw new CodecError(result.error.reason);
}

/** Brings a whole decoded frame to the picture that was wanted: for codecs that can't do so while they decode. */
export async function shapeFrame(frame: Pixels, wanted: Wanted): Promise<Pixels> {
  const { stored } = wanted;
  if (frame.width !== stored.width || frame.height !== stored.height) {
    throw new CodecError("The picture's size is not the one that its header claims.");
  }
  const { pixels } = orRefuse(await kernel.renderPixels({ kind: "pixels", pixels: frame }, shapeOf(wanted)));
  return pixels;
}

/** The whole picture at another size. */
export async function resizePixels(pixels: Pixels, content: Size): Promise<Pixels> {
  const { width, height } = pixels;
  const window = { x: 0, y: 0, width, height };
  return shapeFrame(pixels, { stored: { width, height }, turn: 1, window, content });
}

/** A Gaussian blur of the whole picture, at its own size or a smaller one. */
export async function softenPixels(pixels: Pixels, sigma: number, content: Size): Promise<Pixels> {
  const shape = softShape(pixels, sigma, content);
  return orRefuse(await kernel.renderPixels({ kind: "pixels", pixels }, shape)).pixels;
}
