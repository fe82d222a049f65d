// Processor time of the workerd processes that this one has started; other work on the machine disturbs it little.
import { readdirSync, readFileSync } from "node:fs";
import { spend } from "../measure/clock.ts";

/** Milliseconds of processor time that `work` cost all of workerd, wrangler's proxy included. NaN where there is no /proc. */
export async function processorTime(work: () => Promise<unknown>): Promise<number> {
  const measured = childrenCalled("workerd").reduce<() => Promise<number>>(
    (inner, pid) => async () => {
      const { cpuMs, result } = await spend(pid, inner);
      return cpuMs + result;
    },
    async () => {
      await work();
      return 0;
    },
  );
  return measured();
}

function childrenCalled(name: string): readonly number[] {
  return readdirSync("/proc", { withFileTypes: true })
    .map((entry) => Number(entry.name))
    .filter((pid) => Number.isInteger(pid) && isChildCalled(pid, name));
}

function isChildCalled(pid: number, name: string): boolean {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return status.startsWith(`Name:\t${name}\n`) && status.includes(`\nPPid:\t${process.pid}\n`);
  } catch {
    // It ended while we looked.
    return false;
  }
}
