// Runs a command of the operator as a process of its own, and may kill it.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { type Ended, ended } from "../../cli/ended.ts";

interface Running {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly killAfterMs?: number;
}

/** `script` lies below the repository; `killAfterMs` 0 lets it come to its end. */
export async function runCommand(
  script: string,
  words: readonly string[],
  { env = {}, cwd, killAfterMs = 0 }: Running = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [join(process.cwd(), script), ...words], {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  const timer = killAfterMs > 0 ? setTimeout(() => child.kill("SIGKILL"), killAfterMs) : undefined;
  try {
    return await ended(child);
  } finally {
    clearTimeout(timer);
  }
}
