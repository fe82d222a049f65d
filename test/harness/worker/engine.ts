// What every engine under test looks like to the bench.

import type { OriginalFacts } from "../../../workers/src/plan/stored-facts.ts";

/** One job, as the bench asks for it. */
export interface Task {
  /** A file that the `PHOTOS` service holds. */
  readonly photo: string;
  /** What its row in D1 would say. */
  readonly facts: OriginalFacts;
  readonly bytes: number;
  /** The query of an image URL: `size=m&format=webp&q=80`. */
  readonly query: string;
  /** The same wish in plain numbers, for engines that know no image URLs. */
  readonly output: Output;
}

export interface Output {
  readonly width: number;
  readonly height: number;
  readonly format: "jpg" | "webp" | "avif" | "gif";
  readonly quality: number;
}

export interface Rendered {
  /** The answer; none where it is streamed and only counted. */
  readonly bytes?: Uint8Array<ArrayBuffer>;
  readonly servedBytes?: number;
  /** What the plan said that the job would need, where the engine has a plan. */
  readonly predictedBytes?: number;
}

/** Renders the task once; `open` asks the disk for the photo anew each time. */
export type Engine = (task: Task, open: () => Promise<Response>) => Promise<Rendered>;
