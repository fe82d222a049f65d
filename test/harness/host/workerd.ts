// Runs a bundled Worker in a raw workerd of its own: photographs from disk, memory capped if asked, inspector open.

import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Bundle } from "./bundle.ts";
import { freePort } from "./ports.ts";

const workerd = createRequire(import.meta.url).resolve("workerd/bin/workerd");

/** Nothing that the bench starts outlives it. */
const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

export interface RunningWorker {
  readonly url: string;
  readonly inspector: string;
  readonly pid: number;
  /** Set when workerd ended by itself. */
  readonly exit: () => number | undefined;
  readonly stop: () => Promise<void>;
}

export interface WorkerSettings {
  readonly bundle: Bundle;
  /** Served to the Worker as the service `PHOTOS`. */
  readonly photos: string;
  /** Most 64 KiB pages that one WASM memory may have. */
  readonly maxWasmPages?: number;
}

export async function startWorker(settings: WorkerSettings): Promise<RunningWorker> {
  const [port, inspectorPort] = [await freePort(), await freePort()];
  const config = join(settings.bundle.folder, `config-${port}.capnp`);
  await mkdir(settings.photos, { recursive: true });
  await writeFile(config, workerConfig(settings, port));
  const child = spawn(
    workerd,
    ["serve", config, "--experimental", `--inspector-addr=127.0.0.1:${inspectorPort}`],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  const log: string[] = [];
  child.stderr.on("data", (bytes: Buffer) => log.push(bytes.toString()));
  const url = `http://127.0.0.1:${port}`;
  await listening(url, child, log);
  const stop = () => stopChild(child);
  running.add(child);
  const exit = () => child.exitCode ?? (child.signalCode ? -1 : undefined);
  return { url, inspector: `http://127.0.0.1:${inspectorPort}`, pid: child.pid ?? 0, exit, stop };
}

function workerConfig({ bundle, photos, maxWasmPages }: WorkerSettings, port: number): string {
  const wasm = bundle.modules.map(({ name, file }) => `(name = "${name}", wasm = embed "${file}")`);
  const flags = maxWasmPages === undefined ? [] : [`"--wasm-max-mem-pages=${maxWasmPages}"`];
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  v8Flags = [${flags.join(", ")}],
  services = [
    (name = "bench", worker = (
      modules = [(name = "worker.js", esModule = embed "${bundle.script}"), ${wasm.join(", ")}],
      compatibilityDate = "2026-11-01",
      compatibilityFlags = ["nodejs_compat"],
      bindings = [(name = "PHOTOS", service = "photos")],
    )),
    (name = "photos", disk = (path = "${photos}")),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "bench")],
);
`;
}

async function listening(url: string, child: ChildProcess, log: readonly string[]): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (child.exitCode !== null) break;
    const answered = await fetch(url).then(
      (response) => response.arrayBuffer(),
      () => undefined,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill("SIGKILL");
  throw new Error(`workerd did not start: ${log.join("")}`);
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  // It would wait for open inspector connections; nothing in it is worth waiting for.
  child.kill("SIGKILL");
  await ended;
  running.delete(child);
}
