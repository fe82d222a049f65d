// The images table: writing and finding rows. Labels are written twice, for reading and for filtering.
import { and, eq } from "drizzle-orm";
import { imageLabels, images } from "../../../schema/tables.ts";
import type { Database } from "../database.ts";
import { parsePairs } from "../pairs.ts";

export type ImageRow = typeof images.$inferSelect;
export type NewImageRow = ImageRow;

/** D1 binds at most 100 parameters a statement, and a label row has five. */
const LABELS_A_STATEMENT = 20;

/** Writes the row and its labels in one transaction. Throws when the id is taken. */
export async function insertImage(db: Database, row: NewImageRow): Promise<void> {
  const labels = Object.entries(parsePairs(row.labels)).map(([key, value]) => ({
    accountId: row.accountId,
    key,
    value,
    createdAt: row.createdAt,
    imageId: row.id,
  }));
  const statements = chunked(labels, LABELS_A_STATEMENT).map((some) => db.insert(imageLabels).values(some));
  await db.batch([db.insert(images).values(row), ...statements]);
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

function chunked<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
    items.slice(at * size, (at + 1) * size),
  );
}
