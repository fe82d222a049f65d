// What a PATCH asks of an image's time.
import type { Changes } from "../../../schema/fields.ts";
import { MAX_TTL_SECONDS } from "../../../schema/plans.ts";
import { invalid } from "../validation.ts";

/** The new end of life: undefined = unchanged, null = never. Throws a 422 for a time that makes no sense. */
export function newExpiry({ ttl, expires_at: at }: Changes, now: number): number | null | undefined {
  if (ttl !== undefined && at !== undefined) throw invalid({ ttl: ["Send ttl or expires_at, not both."] });
  if (ttl === null || at === null) return null;
  if (ttl !== undefined) return now + ttl * 1_000;
  if (at === undefined) return undefined;
  const time = Date.parse(at);
  if (time > now && time <= now + MAX_TTL_SECONDS * 1_000) return time;
  throw invalid({ expires_at: ["Send a time in the next 90 days."] });
}
