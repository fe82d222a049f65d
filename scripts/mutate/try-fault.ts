// Plants one fault, runs the tests that should find it, and always takes it out again.

import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { type Fault, planted } from "./faults.ts";
import type { Room, Stage } from "./rooms.ts";

export type Ending = "found" | "hung" | "survived";

export async function tryFault(fault: Fault, { stages }: Room, seconds: number): Promise<Ending> {
  const source = readFileSync(fault.file, "utf8");
  const restore = () => writeFileSync(fault.file, source);
  process.once("exit", restore);
  try {
    writeFileSync(fault.file, planted(source, fault));
    for (const stage of stages) {
      const ending = await passes(stage, seconds);
      if (ending !== "survived") return ending;
    }
    return "survived";
  } finally {
    restore();
    process.off("exit", restore);
  }
}

/** Whether a stage's tests notice nothing. A test that no longer ends has noticed. */
export function passes({ project, tests }: Stage, seconds: number): Promise<Ending> {
  const present = tests.filter((test) => existsSync(test));
  if (present.length === 0) return Promise.resolve("survived");
  const vitest = spawn(
    process.execPath,
    ["node_modules/vitest/vitest.mjs", "run", "--project", project, "--bail", "1", ...present],
    { stdio: "ignore", detached: true },
  );
  return new Promise((resolve, reject) => {
    let isHung = false;
    const timer = setTimeout(() => {
      isHung = true;
      // The whole group: workerd hangs with its parent.
      if (vitest.pid !== undefined) process.kill(-vitest.pid, "SIGKILL");
    }, seconds * 1000);
    vitest.once("error", reject);
    vitest.once("exit", (code) => {
      clearTimeout(timer);
      resolve(isHung ? "hung" : code === 0 ? "survived" : "found");
    });
  });
}
