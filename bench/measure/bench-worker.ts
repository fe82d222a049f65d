// Starts the Worker of an engine, and sends it orders.

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { createFactsReader } from "../../workers/shared/image-facts.ts";
import { type OriginalFacts, originalFactsSchema } from "../../workers/src/stored-facts.ts";
import { type Bundle, bundleWorker } from "../host/bundle.ts";
import { type RunningWorker, startWorker } from "../host/workerd.ts";
import type { Job } from "../jobs.ts";
import type { PhotoName } from "../photos/files.ts";
import { photoFilename, photoPath, photosFolder } from "../photos/make-photos.ts";
import type { EngineName } from "../worker/engine.ts";
import type { Order } from "../worker/serve.ts";

const workerFolder = join(import.meta.dirname, "../worker");
const bundles = new Map<EngineName, Promise<Bundle>>();

/** A fresh process, with one engine in it and nothing else. */
export async function startEngine(engine: EngineName, maxWasmPages?: number): Promise<RunningWorker> {
  const bundle =
    bundles.get(engine) ??
    bundleWorker(
      join(workerFolder, `${engine}.ts`),
      join(workerFolder, "wasm-memory.ts"),
      join(photosFolder, `worker-${engine}`),
    );
  bundles.set(engine, bundle);
  const limit = maxWasmPages === undefined ? {} : { maxWasmPages };
  return startWorker({ bundle: await bundle, photos: photosFolder, ...limit });
}

export interface Answer {
  readonly bytes: Uint8Array;
  readonly wasmBytes: number;
  readonly predictedBytes: number | undefined;
  /** Where the answer was streamed and only counted. */
  readonly servedBytes: number | undefined;
}

export async function order(worker: RunningWorker, job: Job, repeats: number): Promise<Answer> {
  const body: Order = {
    repeats,
    task: {
      photo: photoFilename(job.photo),
      facts: await factsOf(job.photo),
      bytes: (await stat(await photoPath(job.photo))).size,
      query: job.query,
      output: job.output,
    },
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

const known = new Map<PhotoName, Promise<OriginalFacts>>();

/** Read once, as at an upload: a render finds them in the row. */
function factsOf(name: PhotoName): Promise<OriginalFacts> {
  const facts = known.get(name) ?? readFacts(name);
  known.set(name, facts);
  return facts;
}

async function readFacts(name: PhotoName): Promise<OriginalFacts> {
  const reader = createFactsReader();
  for await (const chunk of createReadStream(await photoPath(name))) reader.push(chunk);
  const result = reader.end();
  if (result.kind !== "image") throw new Error(`${name} is ${result.kind}`);
  return originalFactsSchema.parse(result.facts);
}
