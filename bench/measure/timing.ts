// Times contenders on one job in turns, so that whatever else the machine does hits all of them alike.

import { median } from "../../test/harness/measure/statistics.ts";
import { spend } from "./clock.ts";

export interface Contender<Name extends string = string> {
  readonly name: Name;
  /** The process that does the work. */
  readonly pid: number;
  /** Timed only in so many of the turns: a slow baseline need not be known to the millisecond. */
  readonly mostTurns?: number;
  /** Does the job so many times; 0 is what the asking itself costs. */
  readonly run: (repeats: number) => Promise<unknown>;
}

export interface Cost {
  /** Medians for doing the job once. */
  readonly ms: number;
  readonly cpuMs: number;
  /** The least disturbed turn. */
  readonly bestMs: number;
}

/** A turn lasts about this long, so that the clock's and the request's own jitter don't matter. */
const turnMs = 400;
const mostRepeats = 12;

/** What each contender's job costs once, asking subtracted. A contender that fails is given its error instead. */
export async function compare<Name extends string>(
  contenders: readonly Contender<Name>[],
  turns: number,
): Promise<Map<Name, Cost | Error>> {
  const costs = new Map<Name, Cost | Error>();
  const running: { contender: Contender<Name>; repeats: number; once: Cost[] }[] = [];
  for (const contender of contenders) {
    try {
      // The first run compiles, the second is what a warm isolate does.
      await contender.run(1);
      const { wallMs } = await spend(contender.pid, () => contender.run(1));
      running.push({
        contender,
        repeats: Math.max(1, Math.min(mostRepeats, Math.round(turnMs / wallMs))),
        once: [],
      });
    } catch (error) {
      costs.set(contender.name, error instanceof Error ? error : new Error(String(error)));
    }
  }
  for (let turn = 0; turn < turns; turn++) {
    const order = turn % 2 ? running.toReversed() : running;
    for (const { contender, repeats, once } of order) {
      if (turn < (contender.mostTurns ?? turns)) once.push(await timeTurn(contender, repeats));
    }
  }
  for (const { contender, once } of running) {
    costs.set(contender.name, {
      ms: median(once.map(({ ms }) => ms)),
      cpuMs: median(once.map(({ cpuMs }) => cpuMs)),
      bestMs: Math.min(...once.map(({ ms }) => ms)),
    });
  }
  return costs;
}

async function timeTurn({ pid, run }: Contender, repeats: number): Promise<Cost> {
  const empty = await spend(pid, () => run(0));
  const full = await spend(pid, () => run(repeats));
  const ms = (full.wallMs - empty.wallMs) / repeats;
  return { ms, bestMs: ms, cpuMs: (full.cpuMs - empty.cpuMs) / repeats };
}
