// The images table: writing and finding rows. Labels are written twice, for reading and for filtering.
import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { imageLabels, images } from "../../../schema/tables.ts";
import type { Database } from "../database.ts";

export type ImageRow = typeof images.$inferSelect;

/** Writes the row and its labels in one transaction. Throws when the id is taken. */
export async function insertImage(db: Database, row: ImageRow): Promise<void> {
  await db.batch([db.insert(images).values(row), insertLabels(db, row.id, row.accountId)]);
}

/** Copies the labels of an image's row into a row each. */
export function insertLabels(db: Database, id: string, accountId: string) {
  const labels = sql`select images.account_id, label.key, label.value, images.created_at, images.id
    from images, json_each(images.labels) as label
    where images.id = ${id} and images.account_id = ${accountId}`;
  return db.insert(imageLabels).select(labels);
}

/** Takes back an insert. Labels go with their image. */
export async function deleteImageRow(db: Database, id: string, accountId: string): Promise<void> {
  await db.delete(images).where(and(eq(images.id, id), eq(images.accountId, accountId)));
}

/**
 * Those of the images that belong to the account. The plus keeps SQLite from going over all images of the account
 * instead of over the ids. Ids are one parameter, because D1 binds at most 100.
 */
export function areOwn(ids: readonly string[], accountId: string): SQL | undefined {
  return and(areAmong(ids), sql`+${images.accountId} = ${accountId}`);
}

function areAmong(ids: readonly string[]): SQL {
  return inArray(images.id, sql`(select value from json_each(${JSON.stringify(ids)}))`);
}

/** An image of this account that has not expired. */
export async function findImage(
  db: Database,
  id: string,
  accountId: string,
  now: number,
): Promise<ImageRow | undefined> {
  const row = await db
    .select()
    .from(images)
    .where(and(eq(images.id, id), eq(images.accountId, accountId)))
    .get();
  return row && isAlive(row, now) ? row : undefined;
}

/** An expired image is gone at once, whether or not the cron has come by. */
export function isAlive(row: Pick<ImageRow, "expiresAt">, now: number): boolean {
  return row.expiresAt === null || row.expiresAt > now;
}
