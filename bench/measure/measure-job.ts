// Everything that the bench says about one job.

import type { Job } from "../jobs.ts";
import { photoPath } from "../photos/make-photos.ts";
import { type EngineName, engineNames } from "../worker/engine.ts";
import { order, startEngine } from "./bench-worker.ts";
import { type MemoryUse, memoryWhile } from "./memory.ts";
import { type Quality, qualityOf, referenceOf } from "./quality.ts";
import { renderWithSharp } from "./sharp-side.ts";
import { type Cost, compare } from "./timing.ts";

export interface EngineResult {
  readonly cost: Cost;
  readonly bytes: number;
  readonly quality: Quality | undefined;
  readonly memory?: MemoryUse;
  readonly predictedBytes?: number | undefined;
}

/** What each engine did; an Error where it could not. */
export type JobResult = ReadonlyMap<EngineName | "sharp", EngineResult | Error>;

export interface Settings {
  readonly turns: number;
  readonly engines: readonly EngineName[];
}

export async function measureJob(job: Job, { turns, engines }: Settings): Promise<JobResult> {
  const path = await photoPath(job.photo);
  const memories = new Map<EngineName, MemoryUse>();
  for (const engine of engines) {
    const memory = await measureMemory(engine, job);
    if (memory) memories.set(engine, memory);
  }
  const workers = await Promise.all(engines.map(async (name) => ({ name, worker: await startEngine(name) })));
  try {
    const sharpSide = {
      name: "sharp",
      pid: process.pid,
      run: (repeats: number) => repeat(repeats, () => renderWithSharp(job, path)),
    };
    const others = workers.map(({ name, worker }) => ({
      name,
      pid: worker.pid,
      run: (repeats: number) => order(worker, job, repeats),
    }));
    const costs = await compare([sharpSide, ...others], turns);
    const reference = job.isCompared === false ? undefined : await referenceOf(job, path);
    const judge = (bytes: Uint8Array) => (reference ? qualityOf(bytes, reference) : undefined);
    const results = new Map<EngineName | "sharp", EngineResult | Error>();
    for (const name of ["sharp", ...engineNames] as const) {
      const cost = costs.get(name);
      if (!cost) continue;
      results.set(name, cost instanceof Error ? cost : await describe(name, cost));
    }
    return results;

    async function describe(name: EngineName | "sharp", cost: Cost): Promise<EngineResult> {
      if (name === "sharp") {
        const bytes = await renderWithSharp(job, path);
        return { cost, bytes: bytes.length, quality: await judge(bytes) };
      }
      const worker = workers.find((one) => one.name === name)?.worker;
      if (!worker) throw new Error(`${name} is not running`);
      const { bytes, predictedBytes, servedBytes } = await order(worker, job, 1);
      const memory = memories.get(name);
      return {
        cost,
        bytes: servedBytes ?? bytes.length,
        quality: await judge(bytes),
        predictedBytes,
        ...(memory ? { memory } : {}),
      };
    }
  } finally {
    await Promise.all(workers.map(({ worker }) => worker.stop()));
  }
}

/** In a process of its own: WASM memories that other jobs grew would count here too. */
async function measureMemory(engine: EngineName, job: Job): Promise<MemoryUse | undefined> {
  const worker = await startEngine(engine);
  try {
    return await memoryWhile(worker, () => order(worker, job, 3));
  } catch {
    // Its reason is told where the same job is timed.
    return undefined;
  } finally {
    await worker.stop();
  }
}

async function repeat(times: number, work: () => Promise<unknown>): Promise<void> {
  for (let round = 0; round < times; round++) await work();
}
