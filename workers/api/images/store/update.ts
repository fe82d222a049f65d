// Changes of rows: each in one transaction with the label rows and the purges that follow from it.
import { and, eq, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import type { Moderation } from "../../../../schema/admin.ts";
import { type Changes, MAX_PAIRS } from "../../../../schema/fields.ts";
import { images, outbox } from "../../../../schema/tables.ts";
import type { Database } from "../../database.ts";
import { toColumns } from "./changed-columns.ts";
import { resolveReports } from "./reports.ts";
import { areOwn, deleteLabels, type ImageRow, insertLabels } from "./rows.ts";

export interface Update {
  readonly accountId: string;
  readonly changes: Changes;
  /** Undefined = unchanged, null = never. */
  readonly expiresAt: number | null | undefined;
  /** Whether cached answers have to be forgotten. */
  readonly purges: boolean;
  readonly now: number;
}

/**
 * Changes those of the images that belong to the account, are not blocked and would not hold too many pairs; all of it or nothing.
 * Merged by the database, so that two changes at once both hold. Answers the changed rows.
 */
export async function updateImages(
  db: Database,
  rows: readonly Pick<ImageRow, "id" | "accountId" | "storage">[],
  { accountId, changes, expiresAt, purges, now }: Update,
): Promise<readonly ImageRow[]> {
  const ids = rows.map(({ id }) => id);
  const updates = ids.map((id) =>
    db
      .update(images)
      .set(toColumns(changes, expiresAt, now))
      .where(
        and(
          areOwn([id], accountId),
          sql`${images.status} <> 'blocked'`,
          sql`(select count(*) from json_each(json_patch(${images.labels}, ${JSON.stringify(changes.labels ?? {})}))) <= ${MAX_PAIRS}`,
          sql`(select count(*) from json_each(json_patch(${images.metadata}, ${JSON.stringify(changes.metadata ?? {})}))) <= ${MAX_PAIRS}`,
        ),
      )
      .returning(),
  );
  const [first, ...others] = updates;
  if (!first) return [];
  const after: BatchItem<"sqlite">[] = [];
  if (changes.labels) {
    after.push(deleteLabels(db, ids, accountId), ...ids.map((id) => insertLabels(db, id, accountId)));
  }
  if (purges) {
    const left = rows.map(({ id, accountId, storage }) => ({ imageId: id, accountId, storage, dueAt: now }));
    after.push(
      ...left.map((work) =>
        db
          .insert(outbox)
          .values({ ...work, kind: "purge" })
          .onConflictDoUpdate({ target: [outbox.imageId, outbox.kind], set: { dueAt: now } }),
      ),
    );
  }
  const results = await db.batch([first, ...others, ...after]);
  return results.slice(0, updates.length).flat();
}

function lookOwedIfBlocked(now: number) {
  return {
    lookDueAt: sql`iif(${images.status} = 'blocked', ${now}, ${images.lookDueAt})`,
    lookAttempts: sql`iif(${images.status} = 'blocked', 0, ${images.lookAttempts})`,
  };
}

/** Changes an image of any account, and is done with what was said of it where that is an answer to it; undefined where there is none. */
export async function moderateRow(
  db: Database,
  id: string,
  { status, nsfw }: Moderation,
  now: number,
): Promise<ImageRow | undefined> {
  const [[row]] = await db.batch([
    db
      .update(images)
      .set({
        nsfw: nsfw ?? sql`${images.nsfw}`,
        // Only what was blocked becomes ready: a failed image stays failed.
        status:
          status === "ready"
            ? sql`iif(${images.status} = 'blocked', 'ready', ${images.status})`
            : (status ?? sql`${images.status}`),
        // What was made of a blocked picture is removed with its cached answers; a look makes its master anew.
        ...(status === "blocked" ? { master: null } : {}),
        ...(status === "ready" ? lookOwedIfBlocked(now) : {}),
      })
      .where(eq(images.id, id))
      .returning(),
    db
      .insert(outbox)
      .select(sql`select id, 'purge', account_id, storage, ${now} from ${images} where id = ${id}`)
      .onConflictDoUpdate({ target: [outbox.imageId, outbox.kind], set: { dueAt: now } }),
    ...(status === "blocked" ? [resolveReports(db, id, "blocked", now)] : []),
    ...(nsfw === true ? [resolveReports(db, id, "marked", now)] : []),
  ]);
  return row;
}
