// Our own kernel as the codecs use it: one for the isolate, started when the first picture comes.

import type { Size } from "../../../../schema/facts.ts";
import { Damage, type Outcome } from "../../../formats/damage.ts";
import type { Decoded, Pixels } from "../../geometry/pixels.ts";
import type { Wanted } from "../../geometry/shape.ts";
import { shapeOf, softShape } from "../../geometry/shape.ts";
import { KernelPool } from "../../kernel/host/instance.ts";
import type { Profile, Source, TakeRows } from "../../kernel/host/job.ts";
import { Kernel } from "../../kernel/host/kernel.ts";
import kernelModule from "../../kernel/kernel.wasm";
import type { MemoryCaps } from "../../plan/caps.ts";
import { firstSize, isOneGo } from "../../plan/first-size.ts";
import { MemoryError } from "../memory-error.ts";

export { shapeOf } from "../../geometry/shape.ts";

export const kernel = new Kernel(kernelModule);
/** Reads parts of a picture while that one takes their rows. */
export const kernelBeside = new Kernel(kernelModule);
/** Kernels that do nothing but inflate meanwhile. */
export const inflaters = new KernelPool(kernelModule);

export function orRefuse<Value>(result: Outcome<Value>): Value {
  if (result.ok) return result.value;
  const { error } = result;
  throw error.code === "too-large" ? new MemoryError(error.message, { cause: error }) : error;
}

/**
 * The picture that was wanted; a tiny one of a huge one in two goes. `caps` are for files, whose bytes may ask for more
 * than their headers; what pixels need is known.
 */
export async function renderWanted(source: Source, wanted: Wanted, caps?: MemoryCaps): Promise<Decoded> {
  const { window, content } = wanted;
  const first = shapeOf({ ...wanted, content: firstSize(window, content) });
  const limit = caps ? { memoryBytes: caps.kernel } : {};
  const { pixels, isDamaged } = orRefuse(await kernel.renderPixels(source, first, limit));
  const wholly = isOneGo(window, content) ? pixels : await resizePixels(pixels, content);
  return { ...wholly, isDamaged };
}

/**
 * Brings a whole decoded frame to the picture that was wanted, and by its profile to sRGB: for codecs that can't do so
 * while they decode.
 */
export async function shapeFrame(frame: Decoded, wanted: Wanted, profile?: Profile): Promise<Decoded> {
  const { stored } = wanted;
  if (frame.width !== stored.width || frame.height !== stored.height) {
    throw new Damage("its size is not the one that its header claims");
  }
  const shaped = await renderWanted({ kind: "pixels", pixels: frame, profile }, wanted);
  return frame.isDamaged ? { ...shaped, isDamaged: true } : shaped;
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

/** The same at its own size, row by row: `take` may write over the row of that number. */
export async function softenRows(pixels: Pixels, sigma: number, take: TakeRows): Promise<void> {
  orRefuse(await kernel.renderRows({ kind: "pixels", pixels }, softShape(pixels, sigma, pixels), take));
}

/** Fills a picture with another one, brought to its size. */
export async function resizeInto(target: Pixels, pixels: Pixels): Promise<void> {
  const { width, height } = pixels;
  const stored = { width, height };
  const size = { width: target.width, height: target.height };
  const shape = { stored, window: { x: 0, y: 0, ...stored }, size };
  orRefuse(await kernel.renderRows({ kind: "pixels", pixels }, shape, writingOver(target)));
}

/** Puts rows into a picture, from its top down. */
export function writingOver({ data }: Pixels): TakeRows {
  let at = 0;
  return (rows) => {
    data.set(rows, at);
    at += rows.length;
  };
}
