// What a PATCH sets in the images table.
import { type SQL, sql } from "drizzle-orm";
import type { Changes } from "../../../schema/fields.ts";
import { MAX_TTL_SECONDS } from "../../../schema/plans.ts";
import { images } from "../../../schema/tables.ts";
import { invalid } from "../validation.ts";

/** Absent = unchanged. Labels and metadata merge by RFC 7396, which is the contract's rule: null removes a key. */
export function toColumns(changes: Changes, expiresAt: number | null | undefined, now: number) {
  const { caption, nsfw, filename, public: isPublic, labels = {}, metadata = {} } = changes;
  const { hidden_metadata: hiddenMetadata } = changes;
  return {
    ...(caption !== undefined && { caption }),
    ...(nsfw !== undefined && { nsfw }),
    ...(filename !== undefined && { filename }),
    ...(isPublic !== undefined && { public: isPublic, publishedAt: publishedAt(isPublic, now) }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(hiddenMetadata !== undefined && { hiddenMetadata }),
    labels: sql`json_patch(${images.labels}, ${JSON.stringify(labels)})`,
    metadata: sql`json_patch(${images.metadata}, ${JSON.stringify(metadata)})`,
  };
}

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

/** Counts from the publication on, until the image is private again. */
function publishedAt(isPublic: boolean, now: number): SQL {
  return isPublic ? sql`case when ${images.public} then ${images.publishedAt} else ${now} end` : sql`null`;
}
