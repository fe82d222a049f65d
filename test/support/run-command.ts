// Runs a command of the operator as a process of its own, and may kill it.
import { spawn } from "node:child_process";
import { join } from "node:path";

export interface Ended {
  /** Null where it was killed. */
  readonly code: number | null;
  /** What it printed, to either. */
  readonly said: string;
}

interface Running {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly killAfterMs?: number;
}

/** `script` lies below the repository; `killAfterMs` 0 lets it come to its end. */
export function runCommand(
  script: string,
  words: readonly string[],
  { env = {}, cwd, killAfterMs = 0 }: Running = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [join(process.cwd(), script), ...words], {
    cwd,
    env: { ...process.env, ...env },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text: Buffer) => {
      said += text;
    });
  const timer = killAfterMs > 0 ? setTimeout(() => child.kill("SIGKILL"), killAfterMs) : undefined;
  return new Promise((resolve) =>
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve({ code, said });
    }),
  );
}
