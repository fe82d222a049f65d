// A command against the fake Cloudflare: in this process with the quick wrangler, or typed, with the installed one.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { logIn } from "../../cli/cloudflare/login.ts";
import type { Tools } from "../../cli/deploy/tools.ts";
import { type QuickWrangler, quickWrangler } from "../harness/cloudflare/quick-wrangler.ts";
import { type FakeCloudflare, startCloudflare } from "../harness/cloudflare/server.ts";
import { runCommand } from "./run-command.ts";

export interface Desk {
  readonly cloudflare: FakeCloudflare;
  readonly wrangler: QuickWrangler;
  readonly tools: Tools;
  /** What the command said, a line each. */
  readonly said: string[];
  /** Starts a command of ours in a process of its own; resolves when it has ended. */
  type(...words: readonly string[]): Promise<{ readonly code: number | null; readonly said: string }>;
  /** Writes `deployments/<name>.toml`. */
  write(name: string, text: string): void;
  leave(): Promise<void>;
}

/** An account with the domain example.com, and a deployments folder of its own. Its clock goes a minute with every look. */
export async function openDesk(): Promise<Desk> {
  const cloudflare = await startCloudflare();
  const folder = mkdtempSync(join(tmpdir(), "edgepix-deployments-"));
  const environment = { ...cloudflare.environment, EDGEPIX_DEPLOYMENTS: folder };
  const before = Object.keys(environment).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, environment);
  cloudflare.account.addZone("example.com");
  const wrangler = quickWrangler(cloudflare);
  const said: string[] = [];
  let now = Date.parse("2026-11-26T12:00:00Z");
  const tools: Tools = {
    wrangler,
    account: await logIn(wrangler, undefined),
    resolves: async () => false,
    say: (line) => said.push(line),
    now: () => {
      now += 60_000;
      return now;
    },
  };
  return {
    cloudflare,
    wrangler,
    tools,
    said,
    type: (...[script = "", ...words]) => runCommand(script, words, { env: environment }),
    write: (name, text) => writeFileSync(join(folder, `${name}.toml`), text),
    async leave() {
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
      rmSync(folder, { recursive: true, force: true });
      await cloudflare.close();
    },
  };
}

/** One whose database and bucket are there: what is left is to deploy. */
export async function openReadyDesk(): Promise<Desk> {
  const desk = await openDesk();
  desk.cloudflare.account.addDatabase("edgepix");
  desk.cloudflare.account.buckets.add("edgepix-originals");
  return desk;
}
