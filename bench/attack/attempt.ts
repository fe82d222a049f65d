// Runs one row: alone, measured, then eight times at once. Whatever it broke is mended before the next one.

import { spend } from "../measure/clock.ts";
import type { Answer, Attack } from "./attack.ts";
import { ISOLATE_BYTES } from "./host/limited-process.ts";
import type { Product } from "./host/product.ts";
import { problemOf, wordFor } from "./judge.ts";
import { forgetPeak, peakOf, readMemory } from "./measure.ts";
import type { World } from "./world.ts";

export const CROWD = 8;

/** Stands in what is said of too much memory. */
const HELD = "held";
/** Stands in what is said of too much work. */
const SPENT = "s of processor time";

/** Processor time that one request may cost one Worker, in milliseconds. */
export const MOST_CPU_MS = 5_000;

/** A process that is dying needs a moment to be dead. */
const isSettling = (answers: readonly Answer[]) =>
  answers.some(({ status, isCut }) => status === 0 || isCut)
    ? new Promise((go) => setTimeout(go, 500))
    : Promise.resolve();

export interface Result {
  readonly name: string;
  /** What came back when it was alone, in order. */
  readonly answers: readonly string[];
  /** Milliseconds of the costliest request, alone, in the Worker that it cost more. */
  readonly cpuMs: number;
  readonly aloneBytes: number;
  /** Eight at once; undefined where it was not tried. */
  readonly crowdBytes: number | undefined;
  readonly problems: readonly string[];
}

/**
 * The row's result; one that only held or spent too much is tried again in fresh processes, and that counts: what malloc and the collector keep of the
 * rows before is not its doing, and neighbours on the machine make work look longer than it is. `crowdUpToMs`: what costs more processor time
 * alone is not tried eight times at once.
 */
export async function attempt(
  row: Attack,
  product: Product,
  world: World,
  crowdUpToMs = Number.POSITIVE_INFINITY,
): Promise<Result> {
  const file = await madeBy(row);
  const result = await attemptOnce(row, file, product, world, crowdUpToMs);
  const isOnlyMeasured =
    result.problems.length > 0 &&
    result.problems.every((problem) => problem.includes(HELD) || problem.includes(SPENT));
  return isOnlyMeasured ? attemptOnce(row, file, product, world, crowdUpToMs) : result;
}

async function attemptOnce(
  row: Attack,
  file: Uint8Array,
  product: Product,
  world: World,
  crowdUpToMs: number,
): Promise<Result> {
  const { api, src } = product.workers();
  const pids = [api.pid, src.pid];

  pids.forEach(forgetPeak);
  const costs = world.countCosts(async (work) => {
    const inApi = await spend(api.pid, () => spend(src.pid, () => settled(work, pids)));
    return { result: inApi.result.result, cpuMs: Math.max(inApi.cpuMs, inApi.result.cpuMs) };
  });
  const answers = await row.run(world, file);
  const cpuMs = costs.stop();
  await isSettling(answers);
  const problems = await problemsOf(answers);
  if (cpuMs > MOST_CPU_MS) problems.push(`${(cpuMs / 1000).toFixed(1)} ${SPENT}`);
  const alone = peaks(product);
  problems.push(...deaths(product, "alone"), ...tooMuch(alone, "alone"));

  let crowdBytes: number | undefined;
  if (!row.alone && problems.length === 0 && cpuMs <= crowdUpToMs) {
    pids.forEach(forgetPeak);
    const crowd = await Promise.all(Array.from({ length: CROWD }, () => row.run(world, file)));
    await isSettling(crowd.flat());
    problems.push(...(await problemsOf(crowd.flat())));
    const crowded = peaks(product);
    crowdBytes = most(crowded);
    problems.push(...deaths(product, "8 at once"), ...tooMuch(crowded, "8 at once"));
  }
  // What it left behind shall not be the next row's fault.
  if (problems.length > 0) await product.restart();
  return {
    name: row.name,
    answers: answers.map(wordFor),
    cpuMs,
    aloneBytes: most(alone),
    crowdBytes,
    problems: Array.from(new Set(problems)),
  };
}

/** Says which row it was whose file could not be made. */
async function madeBy({ name, make }: Attack): Promise<Uint8Array> {
  try {
    return (await make?.()) ?? new Uint8Array();
  } catch (cause) {
    throw new Error(`The file of "${name}" could not be made.`, { cause });
  }
}

/** An answer may be out before its work is done: waits until the Workers rest. */
async function settled<T>(work: () => Promise<T>, pids: readonly number[]): Promise<T> {
  const result = await work();
  for (let rests = 0; rests < 2; ) {
    const spent = await Promise.all(
      pids.map((pid) => spend(pid, () => new Promise((go) => setTimeout(go, 15)))),
    );
    rests = spent.every(({ cpuMs }) => cpuMs < 4 || Number.isNaN(cpuMs)) ? rests + 1 : 0;
  }
  return result;
}

async function problemsOf(answers: readonly Answer[]): Promise<string[]> {
  const problems = await Promise.all(answers.map(problemOf));
  return problems.filter((problem) => problem !== undefined);
}

interface Peak {
  readonly worker: string;
  readonly bytes: number;
  /** Of the WASM memories that still stand. */
  readonly wasmBytes: number;
}

/** Of a dead Worker nothing can be asked any more. */
function peaks(product: Product): Peak[] {
  return Object.entries(product.workers())
    .filter(([, worker]) => !worker.hasDied())
    .map(([worker, { pid, base }]) => {
      const now = readMemory(pid);
      return { worker, bytes: peakOf(base, now), wasmBytes: now.wasmBytes };
    });
}

const most = (found: readonly Peak[]) => Math.max(0, ...found.map(({ bytes }) => bytes));

function deaths(product: Product, when: string): string[] {
  const dead = Object.entries(product.workers()).filter(([, worker]) => worker.hasDied());
  return dead.map(([name, worker]) => `${name} died ${when}: ${worker.lastWords()}`);
}

/** The WASM memories that still stand tell whether it is they that took it. */
function tooMuch(found: readonly Peak[], when: string): string[] {
  return found
    .filter(({ bytes }) => bytes > ISOLATE_BYTES)
    .map(
      ({ worker, bytes, wasmBytes }) =>
        `${worker} ${HELD} ${(bytes / 1e6).toFixed(0)} MB ${when} (${(wasmBytes / 1e6).toFixed(0)} of WASM left)`,
    );
}
