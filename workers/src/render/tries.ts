// What is made of a picture that turns out to need more memory than its plan foresaw: the same smaller, and at last its first frame.
import { shrunk } from "../plan/layout.ts";
import type { RenderPlan } from "../plan/plan.ts";
import type { OriginalFacts } from "../plan/stored-facts.ts";

export interface Try {
  readonly plan: RenderPlan;
  /** Milliseconds of processor time. */
  readonly cpuMs: number;
}

/** Of the planned side. */
const SMALLER = [0.7, 0.5];

/** In order; the first is the plan itself. */
export function triesOf(plan: RenderPlan, { frames }: OriginalFacts): readonly Try[] {
  const { variant, cpuMs } = plan;
  const smaller = SMALLER.map((share) => ({
    plan: { ...plan, variant: { ...variant, ...shrunk(variant, share) } },
    // A still one takes as long to be read, however small it becomes; of one that moves it is the writing that takes long.
    cpuMs: variant.isAnimated ? cpuMs * share * share : cpuMs,
  }));
  const all = [{ plan, cpuMs }, ...smaller];
  if (!variant.isAnimated) return all;
  const still = { ...plan, variant: { ...variant, isAnimated: false } };
  return [...all, { plan: still, cpuMs: cpuMs / Math.max(1, frames ?? 1) }];
}
