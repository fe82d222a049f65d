// Originals and questions for the plan's tests.
import type { Size } from "../../../schema/facts.ts";
import { parseTransform } from "../../../schema/transform.ts";
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
