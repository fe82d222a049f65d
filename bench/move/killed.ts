// A command that is killed at random moments, begun again each time, and then left to end.
import type { Ended } from "../../cli/ended.ts";
import { runCommand } from "../../test/support/run-command.ts";

interface Killed {
  readonly script: string;
  readonly words: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly kills: number;
  /** It is killed after 1 s to so many milliseconds; 0 is never. */
  readonly longest: number;
  readonly random: () => number;
}

/** Fails where it says at its end that something was not done. */
export async function killedAtRandom({ script, words, cwd, env, kills, longest, random }: Killed) {
  const start = performance.now();
  let killed = 0;
  let last: Ended = { code: null, stdout: "", said: "" };
  while (last.code === null) {
    const killAfterMs = longest > 0 && killed < kills ? 1_000 + (longest - 1_000) * random() : 0;
    last = await runCommand(script, words, { cwd, env, killAfterMs });
    if (last.code === null) killed++;
  }
  if (last.code > 1) throw new Error(`${script} ended with ${last.code}: ${last.said.slice(-500)}`);
  return { kills: killed, seconds: (performance.now() - start) / 1_000, last };
}
