// Processor time of the workerd processes below this one, or below another that it has started; other work on the machine disturbs it little.
import { readdirSync, readFileSync } from "node:fs";
import { spend } from "../measure/clock.ts";

/**
 * Milliseconds of processor time that `work` cost all of workerd below the process `starter`, wrangler's proxy included. NaN where there is no /proc.
 */
export async function processorTime(work: () => Promise<unknown>, starter = process.pid): Promise<number> {
  const measured = calledBelow("workerd", starter).reduce<() => Promise<number>>(
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

function calledBelow(name: string, starter: number): readonly number[] {
  const all = readdirSync("/proc", { withFileTypes: true })
    .map((entry) => Number(entry.name))
    .filter(Number.isInteger);
  const processes = new Map(all.map((pid) => [pid, statusOf(pid)] as const));
  const isBelow = (pid: number): boolean => {
    const parent = processes.get(pid)?.parent;
    return parent === starter || (parent !== undefined && parent > 1 && isBelow(parent));
  };
  return all.filter((pid) => processes.get(pid)?.name === name && isBelow(pid));
}

/** Undefined where it has ended while we looked. */
function statusOf(pid: number) {
  try {
    const [, name, parent] =
      /^Name:\t(.*)$[\s\S]*^PPid:\t(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return { name, parent: Number(parent) };
  } catch {
    return undefined;
  }
}
