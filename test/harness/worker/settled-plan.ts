// The plan as src settles it: made from the header, and once more where it hangs on what the picture shows.

import { outputFormats } from "../../../schema/facts.ts";
import { parseTransform } from "../../../schema/transform.ts";
import type { Bytes } from "../../../workers/formats/bytes/source.ts";
import { defaultLimits, makePlan, type Plan } from "../../../workers/src/plan/plan.ts";
import type { OriginalFacts } from "../../../workers/src/plan/stored-facts.ts";
import { lookAt } from "../../../workers/src/render/look.ts";

export interface Stored {
  readonly facts: OriginalFacts;
  readonly fileBytes: number;
  readonly bytes: Bytes;
}

export async function settledPlan(query: string, { facts, fileBytes, bytes }: Stored): Promise<Plan> {
  const format = outputFormats.find((name) => name === facts.format) ?? "jpg";
  const asked = { transform: parseTransform(new URLSearchParams(query)), extension: format, accept: "" };
  const transformable = facts.format !== "svg";
  const known = { format, transformable, isDamaged: false, bytes: fileBytes, facts };
  const original = { ...known, hiddenMetadata: "strip" as const };
  const plan = makePlan(asked, original, defaultLimits);
  if (plan.kind !== "render" || !plan.look) return plan;
  return makePlan(asked, original, defaultLimits, await lookAt(plan, bytes, facts));
}
