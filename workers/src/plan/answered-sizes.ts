// What the plain URL and the named sizes of an original answer: the plan's word, limits and all, for what the API promises.
import type { Size } from "../../../schema/facts.ts";
import type { Transform } from "../../../schema/transform.ts";
import type { AnsweredSizes } from "../../shared/looked.ts";
import { turnedSize } from "../geometry/orientation.ts";
import { type Limits, makePlan, type PlannedOriginal, type RefusedPlan } from "./plan.ts";

/** Or the refusal of the first URL that can't be answered. */
export function answeredSizes(original: PlannedOriginal, limits: Limits): AnsweredSizes | RefusedPlan {
  const at = (transform: Transform) => answeredSize(original, transform, limits);
  const plain = at({});
  if (isRefused(plain)) return plain;
  const small = at({ size: "s" });
  if (isRefused(small)) return small;
  const medium = at({ size: "m" });
  if (isRefused(medium)) return medium;
  const large = at({ size: "l" });
  return isRefused(large) ? large : { plain, small, medium, large };
}

const isRefused = (answered: Size | RefusedPlan): answered is RefusedPlan => "kind" in answered;

function answeredSize(original: PlannedOriginal, transform: Transform, limits: Limits): Size | RefusedPlan {
  const plan = makePlan({ transform, extension: original.format, accept: "" }, original, limits);
  if (plan.kind === "refused") return plan;
  return plan.kind === "plain" ? turnedSize(original.facts, original.facts.orientation) : plan.variant.canvas;
}
