// What a setup works with, as it is: the terminal, the network, the probe.
import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import type { Account } from "../cloudflare/login.ts";
import { toolsFor } from "../deploy/tools.ts";
import { ended } from "../ended.ts";
import type { Asker } from "./ask.ts";
import type { SetupTools } from "./context.ts";

export function setupToolsFor(account: Account, asker: Asker): SetupTools {
  return {
    ...toolsFor(account),
    asker,
    secret: () => randomBytes(24).toString("hex"),
    visit,
    probe,
    canPull,
    wait: async (milliseconds) => setTimeout(milliseconds),
  };
}

async function visit(url: string): Promise<number | undefined> {
  try {
    const answer = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(10_000) });
    await answer.body?.cancel();
    return answer.status;
  } catch {
    // No name yet, no certificate yet, nobody there: all the same to who waits.
    return undefined;
  }
}

async function probe(origin: string, key: string, isPassedOn: boolean) {
  const child = spawn(process.execPath, ["cli/probe.ts", origin, ...(isPassedOn ? ["--passed-on"] : [])], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, EDGEPIX_KEY: key },
  });
  const { code, said } = await ended(child);
  return { isOk: code === 0, said };
}

function canPull(): boolean {
  try {
    return (
      execFileSync("git", ["remote"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim() !== ""
    );
  } catch {
    return false;
  }
}
