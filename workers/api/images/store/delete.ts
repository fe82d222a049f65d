// The death of rows: gone in one transaction that also writes down in the outbox what is left to do.
import { inArray, type SQL, sql } from "drizzle-orm";
import { images, outbox } from "../../../../schema/tables.ts";
import { areOver } from "../../../shared/alive.ts";
import type { Database } from "../../database.ts";
import { areOwn } from "./rows.ts";

/** An image that was, and what remains of it elsewhere. */
export interface Gone {
  readonly imageId: string;
  readonly accountId: string;
  readonly storage: string;
}

/** Deletes those of the images that belong to the account. From `dueAt` on the cron does what is left to do. */
export async function deleteOwn(
  db: Database,
  ids: readonly string[],
  accountId: string,
  dueAt: number,
): Promise<readonly Gone[]> {
  return deleteWhere(db, areOwn(ids, accountId), dueAt);
}

/** Deletes images whose time is over, at most `limit`, those first that ended first. */
export async function deleteExpired(
  db: Database,
  { now, limit, dueAt }: { readonly now: number; readonly limit: number; readonly dueAt: number },
): Promise<readonly Gone[]> {
  const due = sql`(select id from ${images} where ${areOver(now)} order by expires_at limit ${limit})`;
  return deleteWhere(db, inArray(images.id, due), dueAt);
}

async function deleteWhere(
  db: Database,
  condition: SQL | undefined,
  dueAt: number,
): Promise<readonly Gone[]> {
  const leftToDo = sql`select id, 'delete', account_id, storage, ${dueAt} from ${images} where ${condition}`;
  const [, gone] = await db.batch([
    db.insert(outbox).select(leftToDo).onConflictDoNothing(),
    db
      .delete(images)
      .where(condition)
      .returning({ imageId: images.id, accountId: images.accountId, storage: images.storage }),
  ]);
  return gone;
}
