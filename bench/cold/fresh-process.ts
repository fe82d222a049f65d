// A workerd of its own for one Worker, from its start to its first answer.
import { spawn } from "node:child_process";
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { freePort } from "../../test/harness/host/ports.ts";
import { type Spent, spend } from "../measure/clock.ts";
import { moduleField } from "../workerd-modules.ts";
import type { Module } from "./bundle.ts";

const workerd = createRequire(import.meta.url).resolve("workerd/bin/workerd");

/** Answers 405 at once, without a look into any binding. A ray, because the stand-in for Cloudflare's cache would look for one. */
const QUESTION = { method: "POST", headers: { "CF-Ray": "0-XXX" } };
const LOOK_MS = 2;
const MOST_LOOKS = 15_000;

/** Processor time of the process, all its threads, from its start to the end of its first answer: a busy machine disturbs it less than the clock. */
export async function firstAnswer(modules: readonly Pick<Module, "name" | "file">[]): Promise<Spent> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), "edgepix-fresh-"));
  const config = join(folder, "config.capnp");
  // A config embeds what lies beside it.
  for (const { name, file } of modules) await copyFile(file, join(folder, name));
  await writeFile(config, configOf(modules, port));
  const child = spawn(workerd, ["serve", config], { stdio: "ignore" });
  const ended = new Promise((resolve) => child.once("close", resolve));
  const answered = async () => {
    for (let look = 0; look < MOST_LOOKS && child.exitCode === null; look++) {
      const answer = await fetch(`http://127.0.0.1:${port}/`, QUESTION).then(
        (answer) => answer.arrayBuffer(),
        () => undefined,
      );
      if (answer) return;
      await wait(LOOK_MS);
    }
    throw new Error("workerd did not answer");
  };
  try {
    return await spend(child.pid ?? 0, answered);
  } finally {
    child.kill("SIGKILL");
    await ended;
    await rm(folder, { recursive: true, force: true });
  }
}

function configOf(modules: readonly Pick<Module, "name">[], port: number): string {
  const listed = modules.map(({ name }) =>
    name.endsWith(".js")
      ? `(name = "${name}", esModule = embed "${name}")`
      : `(name = "./${name}", ${moduleField(name)} = embed "${name}")`,
  );
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "cold", worker = (
    modules = [${listed.join(", ")}],
    compatibilityDate = "2026-11-01",
    compatibilityFlags = ["nodejs_compat"],
  ))],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "cold")],
);
`;
}
