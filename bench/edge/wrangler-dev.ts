// `wrangler dev` of one Worker, as a developer starts it, until it is stopped.
import { spawn, spawnSync } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { wranglerCommand, wranglerEnvironment } from "../../scripts/wrangler.ts";
import { freePort } from "../../test/harness/host/ports.ts";

export interface Dev {
  readonly origin: string;
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

const [program, wrangler] = wranglerCommand;

/** `state` is where it keeps D1 and R2. */
export async function wranglerDev(config: string, state: string): Promise<Dev> {
  const port = await freePort();
  const words = ["dev", "-c", config, "--port", String(port), "--persist-to", state, "--log-level", "error"];
  const child = spawn(program, [wrangler, ...words, "--show-interactive-dev-session=false"], {
    stdio: "ignore",
    env: wranglerEnvironment,
    detached: true,
  });
  const stop = async () => {
    const ended = new Promise((resolve) => child.once("close", resolve));
    // Its workerd is a child of it.
    if (child.pid !== undefined) process.kill(-child.pid, "SIGTERM");
    await ended;
  };
  const origin = `http://127.0.0.1:${port}`;
  for (let attempt = 0; attempt < 600 && child.exitCode === null; attempt++) {
    if (await isAnswering(origin)) return { origin, pid: child.pid ?? 0, stop };
    await wait(100);
  }
  await stop();
  throw new Error(`wrangler dev -c ${config} does not answer`);
}

export function wranglerRun(...words: readonly string[]): void {
  const step = spawnSync(program, [wrangler, ...words], { encoding: "utf8", env: wranglerEnvironment });
  if (step.status !== 0) throw new Error(`wrangler ${words.join(" ")}:\n${step.stdout}${step.stderr}`);
}

const isAnswering = (origin: string) =>
  fetch(origin).then(
    async (answer) => {
      await answer.arrayBuffer();
      return true;
    },
    () => false,
  );
