// The death of rows: gone in one transaction that also writes down in the outbox what is left to do.
import { inArray, type SQL, sql } from "drizzle-orm";
import { images, outbox } from "../../../../schema/tables.ts";
import { areOver } from "../../../shared/alive.ts";
import type { Database } from "../../database.ts";
import { deleteOpenReports } from "./reports.ts";
import { areOwn } from "./rows.ts";

type Work = typeof outbox.$inferSelect;

/** Deletes those of the images that belong to the account, and says what is left to do. From `dueAt` on the cron does it. */
export async function deleteOwn(
  db: Database,
  ids: readonly string[],
  accountId: string,
  dueAt: number,
): Promise<readonly Work[]> {
  return deleteWhere(db, areOwn(ids, accountId), ["delete", "purge"], dueAt);
}

/** Deletes images whose time is over, at most `limit`, those first that ended first. */
export async function deleteExpired(
  db: Database,
  { now, limit, dueAt }: { readonly now: number; readonly limit: number; readonly dueAt: number },
): Promise<readonly Work[]> {
  const due = sql`(select id from ${images} where ${areOver(now)} order by expires_at limit ${limit})`;
  return deleteWhere(db, inArray(images.id, due), ["delete"], dueAt);
}

async function deleteWhere(
  db: Database,
  condition: SQL | undefined,
  kinds: readonly Work["kind"][],
  dueAt: number,
): Promise<readonly Work[]> {
  const eachKind = sql`(select value as kind from json_each(${JSON.stringify(kinds)}))`;
  const leftToDo = sql`select id, kind, account_id, storage, ${dueAt} from ${images}, ${eachKind} where ${condition}`;
  const [, , gone] = await db.batch([
    deleteOpenReports(db, condition),
    db
      .insert(outbox)
      .select(leftToDo)
      .onConflictDoUpdate({ target: [outbox.imageId, outbox.kind], set: { dueAt } }),
    db
      .delete(images)
      .where(condition)
      .returning({ imageId: images.id, accountId: images.accountId, storage: images.storage }),
  ]);
  return gone.flatMap((image) => kinds.map((kind) => ({ ...image, kind, dueAt })));
}
