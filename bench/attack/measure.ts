// What a process of Linux holds and has spent, as the kernel counts it: nothing inside can hide or lie.

import { readFileSync, writeFileSync } from "node:fs";

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
}

/** Zeros where there is no such process. */
export function readMemory(pid: number): Memory {
  const status = read(`/proc/${pid}/status`);
  const field = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) * 1024;
  const code = read(`/proc/${pid}/maps`).matchAll(/^(\w+)-(\w+) rwx/gm);
  return {
    anonymousBytes: field("RssAnon"),
    fileBytes: field("RssFile"),
    peakBytes: field("VmHWM"),
    dataBytes: field("VmData"),
    codeBytes: code.reduce((sum, [, from, to]) => sum + Number(BigInt(`0x${to}`) - BigInt(`0x${from}`)), 0),
  };
}

/** The peak is counted from now on. */
export function forgetPeak(pid: number): void {
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
 * The most that the isolate held since `forgetPeak`, in bytes: by how much the process grew since it was cold, its
 * compiled code left out, and `ownBytes` for what it held then. Never more than the truth: what is mapped of the program's
 * file by now is taken off, though some of it came after the peak.
 */
export function peakOf(cold: Memory, now: Memory, ownBytes: number): number {
  const anonymous = Math.max(now.anonymousBytes, now.peakBytes - now.fileBytes);
  return anonymous - cold.anonymousBytes - (now.codeBytes - cold.codeBytes) + ownBytes;
}
