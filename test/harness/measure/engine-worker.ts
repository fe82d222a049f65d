// Starts the Worker of an engine, and sends it orders.

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { createFactsReader } from "../../../workers/shared/image-facts.ts";
import { type OriginalFacts, originalFactsSchema } from "../../../workers/src/plan/stored-facts.ts";
import { type Bundle, bundleWorker } from "../host/bundle.ts";
import { type RunningWorker, startWorker } from "../host/workerd.ts";
import type { Output, Task } from "../worker/engine.ts";
import type { Order } from "../worker/serve.ts";

const workerFolder = join(import.meta.dirname, "../worker");
const bundles = new Map<string, Promise<Bundle>>();

/** Our own engine, as an entry to start. */
export const edgepixWorker = join(workerFolder, "edgepix.ts");

export interface EngineSettings {
  /** The folder where the pictures lie. */
  readonly photos: string;
  readonly maxWasmPages?: number;
}

/** A fresh process, with the engine of this entry file in it and nothing else. */
export async function startEngine(entry: string, settings: EngineSettings): Promise<RunningWorker> {
  const bundle = bundles.get(entry) ?? bundleWorker(entry, join(workerFolder, "wasm-memory.ts"));
  bundles.set(entry, bundle);
  return startWorker({ bundle: await bundle, ...settings });
}

export interface Answer {
  readonly bytes: Uint8Array;
  readonly wasmBytes: number;
  readonly predictedBytes: number | undefined;
  /** Where the answer was streamed and only counted. */
  readonly servedBytes: number | undefined;
}

/** What the Worker must be told of a file to render it. */
export async function taskFor(path: string, query: string, output: Output): Promise<Task> {
  return { photo: basename(path), facts: await factsOf(path), bytes: (await stat(path)).size, query, output };
}

export async function send(worker: RunningWorker, body: Order): Promise<Answer> {
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

const known = new Map<string, Promise<OriginalFacts>>();

/** Read once, as at an upload: a render finds them in the row. */
function factsOf(path: string): Promise<OriginalFacts> {
  const facts = known.get(path) ?? readFacts(path);
  known.set(path, facts);
  return facts;
}

async function readFacts(path: string): Promise<OriginalFacts> {
  const reader = createFactsReader();
  for await (const chunk of createReadStream(path)) reader.push(chunk);
  const result = reader.end();
  if (result.kind !== "image") throw new Error(`${basename(path)} is ${result.kind}`);
  return originalFactsSchema.parse(result.facts);
}
