// What is noted of a view that no cache answered.
import { lengthOf, note } from "../../shared/points.ts";
import type { Original } from "./original.ts";
import { codeOf } from "./refusal.ts";
import { formatOf } from "./respond.ts";

/** Filled in while it is answered. */
export interface View {
  original?: Pick<Original, "id" | "facts">;
  cache?: "plain" | "variant" | "unchanged";
  /** A monitor's: not noted. */
  isHealth?: boolean;
}

/** `ms`: until its answer began. */
export function noteView(env: object, { original, cache }: View, answer: Response, ms: number): void {
  note(env, {
    kind: "request",
    worker: "src",
    route: "picture",
    code: codeOf(answer),
    cache,
    format: answer.ok ? (formatOf(answer) ?? original?.facts.format) : undefined,
    source: original?.facts.format,
    image: original?.id,
    status: answer.status,
    ms,
    bytes: lengthOf(answer),
  });
}

/** Filled in while a render is made, or found. */
export interface Render {
  original?: Pick<Original, "id" | "facts">;
  cache?: "made" | "kept" | "stays";
  cpuMs?: number;
}

/** Nothing where a cache has answered after all. */
export function noteRender(
  env: object,
  { original, cache, cpuMs }: Render,
  answer: Response,
  ms: number,
): void {
  if (!original) return;
  note(env, {
    kind: "render",
    worker: "src",
    route: "picture",
    code: codeOf(answer),
    cache,
    format: answer.ok ? formatOf(answer) : undefined,
    source: original.facts.format,
    image: original.id,
    status: answer.status,
    ms,
    bytes: lengthOf(answer),
    cpu_ms: cpuMs,
  });
}
