// From a URL to a decision: which original, and what to do with it. Both entrypoints come to the same one.
import { ApiError } from "../../shared/api-error.ts";
import { parseImageUrl } from "../../shared/image-url.ts";
import { shortly } from "../edge/directives.ts";
import { cacheTags } from "../edge/tags.ts";
import { fromMaster } from "../plan/from-master.ts";
import { type Asked, defaultLimits, makePlan, type PlainPlan, type RenderPlan } from "../plan/plan.ts";
import type { Seen } from "../plan/wish.ts";
import { areMastersOn } from "./masters.ts";
import { findOriginal, type Original } from "./original.ts";

export interface Decision {
  readonly original: Original;
  readonly asked: Asked;
  readonly plan: PlainPlan | RenderPlan;
}

/** Throws `not_found` for what may not be seen, and `media_failed` for what can't be rendered. */
export async function decide(
  env: Pick<SrcEnv, "DB" | "MASTERS">,
  url: URL,
  accept: string,
  now: number,
): Promise<Decision> {
  const image = parseImageUrl(url);
  const found = image && (await findOriginal(env.DB, image, now));
  const original = found && (areMastersOn(env) ? found : { ...found, master: null });
  // Short-lived in caches: the id may be given out, or the image unblocked, in a moment.
  if (!original) {
    const tags = image ? { "Cache-Tag": cacheTags(image) } : {};
    throw new ApiError("not_found", { headers: { ...shortly(60), ...tags } });
  }
  const asked = { transform: image.transform, extension: image.extension, accept };
  return { original, asked, plan: planOrRefuse(asked, original) };
}

/** The same picture from the original itself, whose name is another one. It is always right, whatever has become of the master. */
export function withoutMaster({ original, asked }: Decision): Decision {
  const bare = { ...original, master: null };
  return { original: bare, asked, plan: planOrRefuse(asked, bare) };
}

/** The plan once more, with what only the pixels could tell. */
export function planOrRefuse(asked: Asked, original: Original, seen: Seen = {}): PlainPlan | RenderPlan {
  const direct = makePlan(asked, original, defaultLimits, seen);
  const { master } = original;
  const plan = master ? fromMaster(direct, original, master, defaultLimits) : direct;
  if (plan.kind === "refused") throw new ApiError("media_failed", { message: plan.reason });
  return plan;
}
