// What the tests of animations share: every frame of a file as sharp sees it, and frames that are drawn here.
import sharp from "sharp";
import type { Outcome } from "../../workers/formats/damage.ts";
import { createFactsReader } from "../../workers/shared/image-facts.ts";
import type { Pixels } from "../../workers/src/geometry/pixels.ts";
import type { AnimationLimits } from "../../workers/src/plan/animation-limits.ts";
import type { Animation } from "../../workers/src/render/animation/frames.ts";

export const roomyLimits: AnimationLimits = { maxFrames: 1000, maxMegapixels: 200 };

export interface Kept {
  readonly data: Uint8ClampedArray;
  readonly delayMs: number;
}

/** All frames of our reader, copied off the reused canvas. A refusal is thrown. */
export async function collectFrames(animation: Outcome<Animation>): Promise<Kept[]> {
  const kept: Kept[] = [];
  for await (const frame of unwrap(animation).frames()) {
    const { pixels, delayMs } = unwrap(frame);
    kept.push({ data: pixels.data.slice(), delayMs });
  }
  return kept;
}

export function unwrap<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.message}`);
  return outcome.value;
}

/** The same from libvips. */
export async function framesBySharp(file: Uint8Array) {
  const { delay = [], loop, pages = 1, width } = await sharp(file, { animated: true }).metadata();
  const raw = await sharp(file, { animated: true }).ensureAlpha().raw().toBuffer();
  const size = raw.length / pages;
  const frames = Array.from(
    { length: pages },
    (_, i) => new Uint8ClampedArray(raw.subarray(i * size, (i + 1) * size)),
  );
  return { frames, delays: delay, loop, width };
}

/** The greatest difference of a channel, where either picture is not see-through. */
export function greatestDifference(a: Uint8ClampedArray, b: Uint8ClampedArray): number {
  let greatest = a.length === b.length ? 0 : Number.POSITIVE_INFINITY;
  for (let i = 0; i < a.length; i++) {
    if (a[i | 3] === 0 && b[i | 3] === 0) continue;
    greatest = Math.max(greatest, Math.abs((a[i] ?? 0) - (b[i] ?? 0)));
  }
  return greatest;
}

/** A picture from a function of the place: [red, green, blue, alpha]. */
export function draw(
  width: number,
  height: number,
  colourAt: (x: number, y: number) => readonly number[],
): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) data.set(colourAt(x, y), (y * width + x) * 4);
  return { width, height, data };
}

/** Decodes and encodes still WebPs without loss, as the codecs do in the Worker. */
export const stillWebp = {
  async decode(file: Uint8Array): Promise<Pixels | null> {
    try {
      const { data, info } = await sharp(file).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
      return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) };
    } catch {
      return null;
    }
  },
  async encode({ data, width, height }: Pixels): Promise<Uint8Array> {
    return sharp(data, { raw: { width, height, channels: 4 } })
      .webp({ lossless: true, exact: true })
      .toBuffer();
  },
};

/** The canvas that the facts give to a file; of what has none, a guess. */
export function canvasOf(bytes: Uint8Array): { readonly width: number; readonly height: number } {
  const reader = createFactsReader();
  reader.push(bytes);
  const result = reader.result.kind === "need-more" ? reader.end() : reader.result;
  return result.kind === "image" ? result.facts : { width: 16, height: 16 };
}
