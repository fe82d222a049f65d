// Originals and questions for the plan's tests.
import { parseTransform } from "../../../schema/transform.ts";
import {
  defaultLimits,
  makePlan,
  type Plan,
  type PlannedOriginal,
  type RenderPlan,
} from "../../../workers/src/plan/plan.ts";

export function planFor(query: string, original: PlannedOriginal, accept = "*/*"): Plan {
  const transform = parseTransform(new URLSearchParams(query));
  return makePlan({ transform, extension: original.format, accept }, original, defaultLimits);
}

export function renderPlanFor(query: string, original: PlannedOriginal): RenderPlan {
  const plan = planFor(query, original);
  if (plan.kind !== "render") throw new Error(`${query} is ${plan.kind}`);
  return plan;
}
