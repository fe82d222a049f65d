// Everything that the bench says about one job.

import type { RunningWorker } from "../../test/harness/host/workerd.ts";
import type { Answer } from "../../test/harness/measure/engine-worker.ts";
import { type MemoryUse, measureMemory } from "../../test/harness/measure/memory.ts";
import type { RawPicture } from "../../test/harness/measure/ssim.ts";
import type { Job } from "../jobs.ts";
import { photoPath } from "../photos/make-photos.ts";
import { type EngineName, order, startEngine } from "./bench-worker.ts";
import { type Quality, qualityOf, referenceOf } from "./quality.ts";
import { renderWithSharp } from "./sharp-side.ts";
import { type Contender, type Cost, compare } from "./timing.ts";

export interface EngineResult {
  readonly cost: Cost;
  readonly bytes: number;
  readonly quality: Quality | undefined;
  readonly memory: MemoryUse | undefined;
  readonly predictedBytes: number | undefined;
}

/** What each engine did; an Error where it could not. */
export type ContenderName = EngineName | "sharp";
export type JobResult = ReadonlyMap<ContenderName, EngineResult | Error>;

export interface Settings {
  readonly turns: number;
  readonly engines: readonly EngineName[];
}

export async function measureJob(job: Job, { turns, engines }: Settings): Promise<JobResult> {
  const path = await photoPath(job.photo);
  const memories = new Map<EngineName, MemoryUse>();
  for (const engine of engines) {
    const memory = await memoryOf(engine, job);
    if (memory) memories.set(engine, memory);
  }
  const workers = await Promise.all(engines.map(async (name) => ({ name, worker: await startEngine(name) })));
  try {
    const costs = await compare(
      [...sharpSide(job, path), ...workers.map((one) => engineSide(one, job))],
      turns,
    );
    const isJudged = job.hasSharp !== false && job.isJudged !== false;
    const reference = isJudged ? await referenceOf(job, path) : undefined;
    const results = new Map<ContenderName, EngineResult | Error>();
    for (const [name, cost] of costs) {
      const worker = workers.find((one) => one.name === name)?.worker;
      const answer = worker ? order(worker, job, 1) : renderWithSharp(job, path).then((bytes) => ({ bytes }));
      results.set(
        name,
        await describe(cost, answer, reference, worker && name !== "sharp" ? memories.get(name) : undefined),
      );
    }
    return results;
  } finally {
    await Promise.all(workers.map(({ worker }) => worker.stop()));
  }
}

const sharpSide = (job: Job, path: string): Contender<"sharp">[] => {
  const run = async (repeats: number) => {
    for (let round = 0; round < repeats; round++) await renderWithSharp(job, path);
  };
  return job.hasSharp === false ? [] : [{ name: "sharp", pid: process.pid, run }];
};

const engineSide = (
  { name, worker }: { name: EngineName; worker: RunningWorker },
  job: Job,
): Contender<EngineName> => ({
  name,
  pid: worker.pid,
  run: (repeats) => order(worker, job, repeats),
  ...(name === "edgepix" ? {} : { mostTurns: 2 }),
});

/** A job that fails, or answers something else than was asked for, is told as such and never as fast. */
async function describe(
  cost: Cost | Error,
  asked: Promise<Partial<Answer> & { readonly bytes: Uint8Array }>,
  reference: RawPicture | undefined,
  memory: MemoryUse | undefined,
): Promise<EngineResult | Error> {
  try {
    const { bytes, servedBytes, predictedBytes } = await asked;
    if (cost instanceof Error) return cost;
    const quality = reference ? await qualityOf(bytes, reference) : undefined;
    return { cost, bytes: servedBytes ?? bytes.length, quality, predictedBytes, memory };
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** In a process of its own: WASM memories that other jobs grew would count here too. */
async function memoryOf(engine: EngineName, job: Job): Promise<MemoryUse | undefined> {
  const worker = await startEngine(engine);
  try {
    return await measureMemory(
      worker,
      (repeats) => order(worker, job, repeats),
      engine === "edgepix" ? 10 : 1,
    );
  } catch {
    // Its reason is told where the same job is timed.
    return undefined;
  } finally {
    await worker.stop();
  }
}
