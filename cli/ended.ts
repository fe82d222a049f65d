// Waits for a process, and keeps what it printed.
import type { ChildProcess } from "node:child_process";

export interface Ended {
  /** Null where it was killed. */
  readonly code: number | null;
  readonly stdout: string;
  /** Both streams, as a person would have read them. */
  readonly said: string;
}

/** Rejects where it could not be begun. */
export function ended(child: ChildProcess): Promise<Ended> {
  let [stdout, said] = ["", ""];
  child.stdout?.on("data", (text: Buffer) => {
    stdout += text;
    said += text;
  });
  child.stderr?.on("data", (text: Buffer) => {
    said += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, said }));
  });
}
