// Rows of the images table: written, and taken back. Labels are written twice, for reading and for filtering.
import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { imageLabels, images } from "../../../../schema/tables.ts";
import type { Database } from "../../database.ts";
import { dropOfBlockedFile } from "./blocked-files.ts";

export type ImageRow = typeof images.$inferSelect;

/** Writes the row and its labels in one transaction; false where its file is blocked by then: nothing is written. Throws when the id is taken. */
export async function insertImage(db: Database, row: ImageRow): Promise<boolean> {
  const [, , blocked] = await db.batch([
    db.insert(images).values(row),
    insertLabels(db, row.id, row.accountId),
    dropOfBlockedFile(db, row.id),
  ]);
  return blocked.length === 0;
}

/** Takes back an insert. Labels go with their image. */
export async function deleteImageRow(db: Database, id: string, accountId: string): Promise<void> {
  await db.delete(images).where(and(eq(images.id, id), eq(images.accountId, accountId)));
}

/** Copies the labels of an image's row into a row each. */
export function insertLabels(db: Database, id: string, accountId: string) {
  const labels = sql`select images.account_id, label.key, label.value, images.created_at, images.id
    from images, json_each(images.labels) as label
    where images.id = ${id} and images.account_id = ${accountId}`;
  return db.insert(imageLabels).select(labels);
}

/** Forgets the label rows of these images, those of the account only. */
export function deleteLabels(db: Database, ids: readonly string[], accountId: string) {
  const own = and(inArray(imageLabels.imageId, among(ids)), sql`+${imageLabels.accountId} = ${accountId}`);
  return db.delete(imageLabels).where(own);
}

/**
 * Those of the images that belong to the account. The plus, here and above, keeps SQLite from going over all images of
 * the account instead of over the ids.
 */
export function areOwn(ids: readonly string[], accountId: string): SQL | undefined {
  return and(inArray(images.id, among(ids)), sql`+${images.accountId} = ${accountId}`);
}

/** Ids as one parameter: D1 binds at most 100. */
export function among(ids: readonly string[]): SQL {
  return sql`(select value from json_each(${JSON.stringify(ids)}))`;
}
