// What a PATCH sets in the images table.
import { type SQL, sql } from "drizzle-orm";
import type { Changes } from "../../../../schema/fields.ts";
import { images } from "../../../../schema/tables.ts";

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

/** Counts from the publication on, until the image is private again. */
function publishedAt(isPublic: boolean, now: number): SQL {
  return isPublic ? sql`case when ${images.public} then ${images.publishedAt} else ${now} end` : sql`null`;
}
