// What a workerd really holds: what malloc keeps of what was given back is the process's, and Cloudflare does not count it.
//
// Only tcmalloc itself can tell the two apart, and workerd has no way to ask it. So a few lines of C are loaded into the process; they need a
// compiler and the program's symbols. Where there are none the kernel's figure stands, which is never less.

import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const FIGURE_BY_NAME = "MallocExtension_Internal_GetNumericProperty";

/** Places in the file that the process and we share: numbers of 8 bytes. */
const PEAK_AT = 8;
const MOST_AT = 16;

let folder: string | undefined;

/** The environment in which a program is watched; an empty one where that can't be. */
export function watchedEnvironment(program: string): Readonly<Record<string, string>> {
  const listed = spawnSync("nm", [program], { encoding: "utf8", maxBuffer: 512e6 });
  const [, offset] = new RegExp(`^(\\w+) \\w ${FIGURE_BY_NAME}$`, "m").exec(listed.stdout ?? "") ?? [];
  const library = offset === undefined ? undefined : builtLibrary();
  if (offset === undefined || library === undefined || folder === undefined) {
    console.error("No C compiler, or a workerd without symbols: MB hold what malloc keeps in reserve, too.");
    return {};
  }
  return { LD_PRELOAD: library, HELD_WATCH_FOLDER: folder, HELD_WATCH_OFFSET: offset };
}

function builtLibrary(): string | undefined {
  folder ??= mkdtempSync(join(tmpdir(), "edgepix-held-"));
  const own = folder;
  process.once("exit", () => rmSync(own, { recursive: true, force: true }));
  const library = join(own, "held-watch.so");
  const source = join(import.meta.dirname, "held-watch.c");
  const { status } = spawnSync("cc", ["-O2", "-shared", "-fPIC", "-pthread", "-o", library, source]);
  return status === 0 ? library : undefined;
}

export interface Held {
  readonly bytes: number;
  /** Since `forgetHeldPeak`. */
  readonly peakBytes: number;
}

/** Undefined where nobody watches. */
export function heldBy(pid: number): Held | undefined {
  if (folder === undefined) return undefined;
  try {
    const watched = readFileSync(join(folder, String(pid)));
    return { bytes: Number(watched.readBigInt64LE(0)), peakBytes: Number(watched.readBigInt64LE(PEAK_AT)) };
  } catch {
    return undefined;
  }
}

export const forgetHeldPeak = (pid: number) => write(pid, PEAK_AT, 0);

/** The process ends where it holds more. */
export const limitHeld = (pid: number, mostBytes: number) => write(pid, MOST_AT, mostBytes);

function write(pid: number, at: number, value: number): void {
  if (folder === undefined) return;
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(Math.round(value)));
  try {
    const file = openSync(join(folder, String(pid)), "r+");
    writeSync(file, bytes, 0, bytes.length, at);
    closeSync(file);
  } catch {
    // Nobody watches, or it has ended, and that is seen elsewhere.
  }
}
