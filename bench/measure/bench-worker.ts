// Sends orders to the Worker under test.

import type { RunningWorker } from "../host/workerd.ts";
import type { Job } from "../jobs.ts";
import { photoFilename } from "../photos/make-photos.ts";
import type { EngineName, Order } from "../worker/index.ts";

export interface Answer {
  readonly bytes: Uint8Array;
  readonly wasmBytes: number;
  readonly predictedBytes: number | undefined;
  /** Where the answer was streamed and only counted. */
  readonly servedBytes: number | undefined;
}

export async function order(
  worker: RunningWorker,
  engine: EngineName,
  job: Job,
  repeats: number,
): Promise<Answer> {
  const body: Order = {
    engine,
    repeats,
    task: { photo: photoFilename(job.photo), query: job.query, output: job.output },
  };
  const response = await fetch(worker.url, { method: "POST", body: JSON.stringify(body) });
  if (!response.ok) throw new Error(await response.text());
  const count = (name: string) => {
    const value = response.headers.get(name);
    return value === null ? undefined : Number(value);
  };
  return {
    bytes: await response.bytes(),
    wasmBytes: count("x-wasm-bytes") ?? 0,
    predictedBytes: count("x-predicted-bytes"),
    servedBytes: count("x-served-bytes"),
  };
}
