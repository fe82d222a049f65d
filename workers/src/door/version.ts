// Names an answer exactly: the same name means the same bytes, for ETags and for the cache.

import type { Plan } from "../plan/plan.ts";
import type { Original } from "./original.ts";

/** Raised whenever the same plan would give other bytes than before. Deploys that do not touch the engine keep it. */
export const ENGINE = 18;

/** 32 hex digits of the original's hash, the plan, the master that it starts from, if any, and the engine. */
export async function versionOf(
  original: Pick<Original, "sha256">,
  plan: Plan,
  engine = ENGINE,
): Promise<string> {
  const variant = plan.kind === "refused" ? plan.reason : plan.variant;
  const master = plan.kind === "render" && plan.master ? [plan.master] : [];
  const name = JSON.stringify([engine, original.sha256, plan.kind, variant, ...master]);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(name));
  return new Uint8Array(digest).toHex().slice(0, 32);
}
