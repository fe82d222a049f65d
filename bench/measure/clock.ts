// Time from outside: wall time, and processor time, which other work on the machine disturbs less.

import { readdirSync, readFileSync } from "node:fs";

export interface Spent {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** Processor time of all threads of a process so far. Linux counts it in nanoseconds; elsewhere there is none. */
function cpuMsOf(pid: number): number {
  try {
    const nanoseconds = readdirSync(`/proc/${pid}/task`).map((task) => {
      const [ran = "0"] = readFileSync(`/proc/${pid}/task/${task}/schedstat`, "utf8").split(" ");
      return Number(ran);
    });
    return nanoseconds.reduce((sum, ran) => sum + ran, 0) / 1e6;
  } catch {
    return Number.NaN;
  }
}

/** What `work` cost, in this process's wall time and in the processor time of `pid`. */
export async function spend<T>(pid: number, work: () => Promise<T>): Promise<Spent & { readonly result: T }> {
  const cpu = cpuMsOf(pid);
  const start = performance.now();
  const result = await work();
  return { wallMs: performance.now() - start, cpuMs: cpuMsOf(pid) - cpu, result };
}
