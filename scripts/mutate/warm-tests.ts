// Asks the runners, and puts an end to one that hangs.

import { type ChildProcess, spawn } from "node:child_process";
import process from "node:process";
import type { Stage } from "./rooms.ts";

export interface Question {
  readonly stage: Stage;
  /** The file that has changed since the last question. */
  readonly changed?: string | undefined;
}

export interface Verdict {
  /** The first test that failed. */
  readonly failed?: string | undefined;
}

/** How a run ended; one that no longer ends has noticed. */
export type Ending = { readonly ending: "found" | "hung" | "survived"; readonly by?: string };

const runners = new Map<Stage["project"], ChildProcess>();

export function runTests(stage: Stage, seconds: number, changed?: string): Promise<Ending> {
  const { project } = stage;
  const runner = runners.get(project) ?? start(project);
  return new Promise((resolve) => {
    const settle = (ending: Ending) => {
      clearTimeout(timer);
      runner.off("message", onVerdict).off("exit", onExit);
      resolve(ending);
    };
    const onVerdict = ({ failed }: Verdict) => {
      // What has failed half-way leaves a Worker behind that still has the fault in it.
      if (failed !== undefined && project !== "unit") stop(project);
      settle(failed === undefined ? { ending: "survived" } : { ending: "found", by: failed });
    };
    const onExit = () => {
      runners.delete(project);
      settle({ ending: "found", by: "the tests' own process ended" });
    };
    const timer = setTimeout(() => {
      stop(project);
      settle({ ending: "hung" });
    }, seconds * 1000);
    runner.once("message", onVerdict).once("exit", onExit);
    runner.send({ stage, changed } satisfies Question);
  });
}

/** Ends all runners. */
export function stopTests(): void {
  for (const project of runners.keys()) stop(project);
}

function start(project: Stage["project"]): ChildProcess {
  const runner = spawn(process.execPath, [new URL("runner.ts", import.meta.url).pathname, project], {
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    detached: true,
  });
  runners.set(project, runner);
  return runner;
}

function stop(project: Stage["project"]): void {
  const runner = runners.get(project);
  runners.delete(project);
  // The whole group: workerd hangs with its parent.
  if (runner?.pid !== undefined) process.kill(-runner.pid, "SIGKILL");
}
