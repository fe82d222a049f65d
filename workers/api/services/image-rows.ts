// The images table: writing and finding rows. Labels are written twice, for reading and for filtering.
import { and, eq, sql } from "drizzle-orm";
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
