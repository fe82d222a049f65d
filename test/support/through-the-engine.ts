// Sends made-up files the whole way that src would take them, in workerd, and reads back the pixels of the answers.
import { join } from "node:path";
import sharp from "sharp";
import { bundleWorker } from "../harness/host/bundle.ts";
import { type RunningWorker, startWorker } from "../harness/host/workerd.ts";
import type { Ending } from "../harness/worker/hostile.ts";

export interface Rgba {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export interface Through {
  readonly kind: Ending["kind"];
  readonly reason: string;
  readonly pixels: Rgba | null;
}

const workers = join(import.meta.dirname, "../harness/worker");

export class ThroughTheEngine {
  #worker: RunningWorker | undefined;

  async start(): Promise<void> {
    const bundle = await bundleWorker(join(workers, "hostile.ts"), join(workers, "wasm-memory.ts"));
    this.#worker = await startWorker({ bundle, photos: workers });
  }

  async send(file: Uint8Array, query = "format=png"): Promise<Through> {
    const response = await fetch(`${this.#worker?.url}/?${query}`, {
      method: "POST",
      body: Buffer.from(file),
    });
    const { kind, reason }: Pick<Ending, "kind" | "reason"> = JSON.parse(
      decodeURIComponent(response.headers.get("x-ending") ?? "{}"),
    );
    const answer = await response.bytes();
    return { kind, reason, pixels: kind === "picture" ? await rgbaOf(answer) : null };
  }

  async stop(): Promise<void> {
    await this.#worker?.stop();
  }
}

/** As sharp reads it, in sRGB. */
export async function rgbaOf(file: Uint8Array): Promise<Rgba> {
  const picture = sharp(file, { limitInputPixels: false, failOn: "none" })
    .autoOrient()
    .toColourspace("srgb")
    .ensureAlpha();
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

/** The largest difference of any sample; of pixels that are clear in both none counts. Infinite where sizes differ. */
export function farthest(one: Rgba, other: Rgba): number {
  if (one.width !== other.width || one.height !== other.height) return Number.POSITIVE_INFINITY;
  let most = 0;
  for (let at = 0; at < one.data.length; at += 4) {
    if (one.data[at + 3] === 0 && other.data[at + 3] === 0) continue;
    for (let part = at; part < at + 4; part++)
      most = Math.max(most, Math.abs((one.data[part] ?? 0) - (other.data[part] ?? 0)));
  }
  return most;
}
