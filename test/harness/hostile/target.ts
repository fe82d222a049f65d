// The Worker under attack, and what counts as a finding.

import { join } from "node:path";
import sharp from "sharp";
import { z } from "zod";
import { type Bundle, bundleWorker } from "../host/bundle.ts";
import { type RunningWorker, startWorker } from "../host/workerd.ts";

const endingSchema = z.object({
  kind: z.enum(["picture", "plain", "refused", "fault"]),
  reason: z.string(),
  source: z.string().optional(),
  predictedBytes: z.number().optional(),
  grownBytes: z.number().optional(),
});

export interface Outcome {
  /** One word or two, for counting. */
  readonly kind: string;
  readonly ms: number;
  /** What the contract forbids; undefined when all is well. */
  readonly finding: string | undefined;
}

const workerFolder = join(import.meta.dirname, "../worker");

export class Target {
  #bundle: Bundle | undefined;
  #worker: RunningWorker | undefined;

  /** `limitMs`: a render that takes longer hangs. */
  async attack(file: Uint8Array, query: string, limitMs = 20_000): Promise<Outcome> {
    const worker = await this.#running();
    const start = performance.now();
    const outcome = (kind: string, finding?: string) => ({ kind, finding, ms: performance.now() - start });
    try {
      const response = await fetch(`${worker.url}/?${query}`, {
        method: "POST",
        body: Buffer.from(file),
        signal: AbortSignal.timeout(limitMs),
      });
      const header = response.headers.get("x-ending");
      if (header === null) return outcome("fault", `answered ${response.status} and nothing else`);
      const ending = endingSchema.parse(JSON.parse(decodeURIComponent(header)));
      const answer = await response.bytes();
      if (ending.kind === "fault") return outcome("fault", ending.reason);
      const { predictedBytes = 0, grownBytes = 0 } = ending;
      if (grownBytes > predictedBytes)
        return outcome("picture", `took ${grownBytes} bytes of WASM, planned ${predictedBytes}`);
      if (ending.kind !== "picture")
        return outcome(`${ending.source ?? "?"} ${ending.kind}`, trapIn(ending.source, ending.reason));
      return outcome(`${ending.source} picture`, await pictureProblem(answer));
    } catch (error) {
      // Whatever state it is in, the next attack shall not inherit it.
      await this.stop();
      return outcome(
        "fault",
        error instanceof Error && error.name === "TimeoutError"
          ? `hung for ${limitMs} ms`
          : `workerd: ${String(error)}`,
      );
    }
  }

  async #running(): Promise<RunningWorker> {
    this.#bundle ??= await bundleWorker(
      join(workerFolder, "hostile.ts"),
      join(workerFolder, "wasm-memory.ts"),
    );
    this.#worker ??= await startWorker({ bundle: this.#bundle, photos: workerFolder });
    return this.#worker;
  }

  async stop(): Promise<void> {
    await this.#worker?.stop();
    this.#worker = undefined;
  }
}

/** Borrowed codecs may trap behind a refusal; our own kernel, which reads these two, never. */
const trapIn = (source: string | undefined, reason: string) =>
  (source === "jpg" || source === "png") && /trap|broke down/.test(reason) ? reason : undefined;

async function pictureProblem(answer: Uint8Array): Promise<string | undefined> {
  try {
    const { width, height } = await sharp(answer, { animated: true, limitInputPixels: false }).metadata();
    return width && height ? undefined : "the answer has no size";
  } catch (error) {
    return `the answer is no picture: ${String(error)}`;
  }
}
