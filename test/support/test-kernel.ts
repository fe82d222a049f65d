// The whole kernel in Node, and short ways to put a picture through it.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Orientation } from "../../schema/facts.ts";
import type { Box } from "../../workers/src/geometry/pixels.ts";
import type { Shape } from "../../workers/src/geometry/shape.ts";
import type { Source } from "../../workers/src/kernel/host/job.ts";
import { Kernel } from "../../workers/src/kernel/host/kernel.ts";
import type { Encoding } from "../../workers/src/plan/encoding.ts";

const path = join(dirname(fileURLToPath(import.meta.url)), "../../workers/src/kernel/kernel.wasm");

/** The Workers' types rightly know no way to compile bytes; Node, where these tests run, has one. */
export const kernelModule: WebAssembly.Module = Reflect.construct(WebAssembly.Module, [readFileSync(path)]);

export const kernel = new Kernel(kernelModule);

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What to make of a picture; what is left out stays as it is. */
export function shape(stored: Size, wanted: { window?: Box; size?: Size; turn?: Orientation } = {}): Shape {
  const window = wanted.window ?? { x: 0, y: 0, width: stored.width, height: stored.height };
  const size = wanted.size ?? { width: window.width, height: window.height };
  return { stored: { width: stored.width, height: stored.height }, window, size, turn: wanted.turn ?? 1 };
}

/** A file as a byte stream that hands out `pieceBytes` at a time. */
export function streamOf(file: Uint8Array<ArrayBuffer>, pieceBytes = 60_000): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= file.length) return controller.close();
      controller.enqueue(file.slice(at, at + pieceBytes));
      at += pieceBytes;
    },
  });
}

/** Renders to a whole file; an error is thrown, because a test that asks for bytes expects them. */
export async function fileOf(
  source: Source,
  picture: Shape,
  encoding: Encoding,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  const made = await kernel.renderFile(source, picture, encoding, (bytes) => {
    parts.push(bytes.slice());
  });
  if (!made.ok) throw new Error(`${made.error.code}: ${made.error.message}`);
  return Uint8Array.from(Buffer.concat(parts));
}

/** How far two pictures are apart: mean and largest difference of red, green and blue. */
export function difference(
  ours: ArrayLike<number>,
  theirs: ArrayLike<number>,
): { mean: number; most: number } {
  let sum = 0;
  let most = 0;
  for (let i = 0; i < ours.length; i++) {
    const gap = Math.abs((ours[i] ?? 0) - (theirs[i] ?? 0));
    sum += gap;
    if (gap > most) most = gap;
  }
  // Alpha is the same on both sides, and does not count.
  return { mean: sum / ((ours.length / 4) * 3), most };
}
