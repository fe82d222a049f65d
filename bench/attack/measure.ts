// What a process of Linux holds and has spent, as the kernel counts it: nothing inside can hide or lie.

import { readFileSync, writeFileSync } from "node:fs";
import { forgetHeldPeak, type Held, heldBy } from "./host/held-watch.ts";

/** What any one WASM memory may grow to: V8 is told so, and reserves as much for each. */
export const MOST_WASM_BYTES = 96 * 2 ** 20;

/** What the isolate held once it was warm, and what the process held then. */
export interface Base {
  readonly countedBytes: number;
  readonly memory: Memory;
}

export interface Memory {
  /** Memory in use that no file stands for. */
  readonly anonymousBytes: number;
  /** Pages of the program's own file. */
  readonly fileBytes: number;
  /** The most that both together have been since `forgetPeak`. */
  readonly peakBytes: number;
  /** All that it may write to, used or not. */
  readonly dataBytes: number;
  /** Compiled code. */
  readonly codeBytes: number;
  /** WASM memories, as large as they have grown. */
  readonly wasmBytes: number;
  /** Its own memory without what malloc keeps in reserve, where that is watched. */
  readonly held: Held | undefined;
}

/** Zeros where there is no such process. */
export function readMemory(pid: number): Memory {
  const status = read(`/proc/${pid}/status`);
  const field = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) * 1024;
  const maps = mapsOf(pid);
  return {
    anonymousBytes: field("RssAnon"),
    fileBytes: field("RssFile"),
    peakBytes: field("VmHWM"),
    dataBytes: field("VmData"),
    codeBytes: sizeOf(maps.filter(({ access }) => access.startsWith("rwx"))),
    wasmBytes: sizeOf(maps.filter((_, at) => isWasmMemory(maps, at))),
    held: heldBy(pid),
  };
}

interface Mapping {
  readonly from: number;
  readonly to: number;
  readonly access: string;
}

function mapsOf(pid: number): readonly Mapping[] {
  const lines = read(`/proc/${pid}/maps`).matchAll(/^(\w+)-(\w+) (\S+)/gm);
  return Array.from(lines, ([, from = "", to = "", access = ""]) => ({
    from: Number.parseInt(from, 16),
    to: Number.parseInt(to, 16),
    access,
  }));
}

const sizeOf = (maps: readonly Mapping[]) => maps.reduce((sum, { from, to }) => sum + to - from, 0);

/**
 * A memory is what it has grown to, and right behind it all that it may still grow to; both together are what V8 was told. Nothing else is
 * exactly as large: the heap lies in a cage of 4 GB, buffers in what malloc has taken.
 */
function isWasmMemory(maps: readonly Mapping[], at: number): boolean {
  const [here, next] = [maps[at], maps[at + 1]];
  if (!here?.access.startsWith("rw-")) return false;
  const isReserved = next?.from === here.to && next.access.startsWith("---");
  return (isReserved ? next.to : here.to) - here.from === MOST_WASM_BYTES;
}

/** The peak is counted from now on. */
export function forgetPeak(pid: number): void {
  forgetHeldPeak(pid);
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, "5");
  } catch {
    // It has ended, and that is seen elsewhere.
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/**
 * The most that the isolate held since `forgetPeak`, in bytes: what was counted when it was warm, and by how much the
 * process has grown from there, its compiled code left out. That takes in garbage that nobody has collected yet and
 * the platform's copies, which Cloudflare may not count; and where nobody watches, what malloc keeps of what was given back.
 */
export function peakOf({ countedBytes, memory }: Base, now: Memory): number {
  if (memory.held && now.held)
    return countedBytes + now.held.peakBytes - memory.held.bytes - (now.codeBytes - memory.codeBytes);
  // What is mapped of the program's file by now is taken off, though some of it may have come after the peak.
  const anonymous = Math.max(now.anonymousBytes, now.peakBytes - now.fileBytes);
  return countedBytes + anonymous - memory.anonymousBytes - (now.codeBytes - memory.codeBytes);
}
