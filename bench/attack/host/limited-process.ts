// A workerd that the operating system stops: past its share it gets no more memory, and dies as an isolate would.

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { watchHeap } from "../../../test/harness/host/heap.ts";
import { freePort } from "../../../test/harness/host/ports.ts";
import { type Base, readMemory } from "../measure.ts";
import { limitHeld, watchedEnvironment } from "./held-watch.ts";

const workerd = createRequire(import.meta.url).resolve("workerd/bin/workerd");
const MB = 1_000_000;

/** What Cloudflare gives an isolate: JS heap, buffers and WASM memories together. */
export const ISOLATE_BYTES = 128 * MB;

/** Code that is compiled later, and what a row may be told of that goes beyond its limit, rather than die of it. */
const UNCOUNTED_BYTES = 64 * MB;

/** What malloc has once had it keeps as addresses, given back or not: they count for the operating system alone. */
const GIVEN_BACK_BYTES = 128 * MB;

let environment: Readonly<Record<string, string>> | undefined;

/** Nothing that is started here outlives this process. */
const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

export interface RunningProcess {
  readonly pid: number;
  /**
   * Once it is warm: what V8 and the maps of its WASM memories say that the isolate holds, and what the process holds then.
   * From now on the operating system stops it at its limit.
   */
  readonly limit: () => Promise<Base>;
  readonly hasDied: () => boolean;
  /** The last words of its log. */
  readonly lastWords: () => string;
  readonly stop: () => Promise<void>;
}

/** Throws when it does not answer on `port` within some 60 s. */
export async function startProcess(config: string, port: number): Promise<RunningProcess> {
  environment ??= watchedEnvironment(workerd);
  const inspectorPort = await freePort();
  const child = spawn(
    workerd,
    ["serve", config, "--experimental", `--inspector-addr=127.0.0.1:${inspectorPort}`],
    { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, ...environment } },
  );
  running.add(child);
  const pid = child.pid ?? 0;
  let log = "";
  child.stderr.on("data", (bytes: Buffer) => {
    log = (log + bytes.toString()).slice(-40_000);
  });
  const hasDied = () => child.exitCode !== null || child.signalCode !== null;
  for (let attempt = 0; !(await isAnswering(port)); attempt++) {
    if (attempt === 1_200 || hasDied()) throw new Error(`workerd did not start: ${log}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    pid,
    async limit() {
      const watch = await watchHeap(`http://127.0.0.1:${inspectorPort}`);
      const { heapBytes, bufferBytes } = await watch.sample();
      watch.close();
      const memory = readMemory(pid);
      const countedBytes = heapBytes + bufferBytes + memory.wasmBytes;
      const roomBytes = ISOLATE_BYTES - countedBytes + UNCOUNTED_BYTES;
      if (memory.held) limitHeld(pid, memory.held.bytes + roomBytes);
      limitData(pid, memory.dataBytes + roomBytes + (memory.held ? GIVEN_BACK_BYTES : 0));
      return { countedBytes, memory };
    },
    hasDied,
    lastWords: () => whatKilled(log),
    async stop() {
      running.delete(child);
      if (hasDied()) return;
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** The line that tells why, out of a log that ends in stacks and tables of the allocator. */
function whatKilled(log: string): string {
  const told =
    /^.*(out of memory|OutOfMemory|OOM|Fatal|fatal|Unable to allocate|exception|Received signal).*$/m.exec(
      log,
    );
  return told?.[0].slice(0, 200) ?? log.trim().slice(-200);
}

/** RLIMIT_DATA: all memory that a process may write to and that is its own. */
function limitData(pid: number, bytes: number): void {
  const { status, error, stderr } = spawnSync("prlimit", [`--pid=${pid}`, `--data=${bytes}`], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`prlimit (of util-linux) is needed: ${error?.message ?? stderr}`);
}

/** Once it answers its isolate stands, and what it holds then is what it holds without any request. */
async function isAnswering(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(5_000) });
    await answer.arrayBuffer();
    return true;
  } catch {
    return false;
  }
}
