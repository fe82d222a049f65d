// Originals and questions for the plan's tests.
import { parseTransform } from "../../../schema/transform.ts";
import type { Size } from "../../../workers/shared/size.ts";
import {
  defaultLimits,
  makePlan,
  type Plan,
  type PlannedOriginal,
  type RenderPlan,
} from "../../../workers/src/plan/plan.ts";
import type { OriginalFacts } from "../../../workers/src/plan/stored-facts.ts";

/** A PNG of this size, changed as the test says. */
export function planned({ width, height }: Size, facts: Partial<OriginalFacts> = {}): PlannedOriginal {
  const format = facts.format ?? "png";
  return {
    format,
    transformable: true,
    bytes: 100_000,
    hiddenMetadata: "strip",
    facts: {
      format,
      width,
      height,
      orientation: 1,
      animated: false,
      frames: 1,
      alpha: false,
      progressive: false,
      samplesPerPixel: 3,
      bitDepth: 8,
      hasIcc: false,
      ...facts,
    },
  };
}

export function planFor(query: string, original: PlannedOriginal, accept = "*/*"): Plan {
  const transform = parseTransform(new URLSearchParams(query));
  return makePlan({ transform, extension: original.format, accept }, original, defaultLimits);
}

export function renderPlanFor(query: string, original: PlannedOriginal): RenderPlan {
  const plan = planFor(query, original);
  if (plan.kind !== "render") throw new Error(`${query} is ${plan.kind}`);
  return plan;
}

/** The same numbers in every run: mulberry32. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
