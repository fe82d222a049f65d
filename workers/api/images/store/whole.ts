// Rows as a copy of the deployment and its check need them: each image once, whatever its state.
import { and, asc, eq, gt, inArray } from "drizzle-orm";
import { imageLabels, images, outbox } from "../../../../schema/tables.ts";
import type { Database } from "../../database.ts";
import { among, deleteLabels, type ImageRow, insertLabels } from "./rows.ts";

export async function rowsById(db: Database, after: string, limit: number): Promise<readonly ImageRow[]> {
  return db.select().from(images).where(gt(images.id, after)).orderBy(asc(images.id)).limit(limit);
}

/** The labels by which filters find these images. */
export async function labelsOf(
  db: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> {
  const rows = await db
    .select()
    .from(imageLabels)
    .where(inArray(imageLabels.imageId, among(ids)));
  const byImage = Map.groupBy(rows, ({ imageId }) => imageId);
  return new Map(
    Array.from(byImage, ([id, own]) => [id, Object.fromEntries(own.map(({ key, value }) => [key, value]))]),
  );
}

/** Makes them anew from the image's row. */
export async function relabel(db: Database, id: string, accountId: string): Promise<void> {
  await db.batch([deleteLabels(db, [id], accountId), insertLabels(db, id, accountId)]);
}

export async function markReady(db: Database, id: string): Promise<void> {
  await db
    .update(images)
    .set({ status: "ready" })
    .where(and(eq(images.id, id), eq(images.status, "failed")));
}

/** Those of the ids that have no row, and whose deletion nobody is still working on. */
export async function missingAmong(db: Database, ids: readonly string[]): Promise<readonly string[]> {
  const [rows, work] = await db.batch([
    db
      .select({ id: images.id })
      .from(images)
      .where(inArray(images.id, among(ids))),
    db
      .select({ id: outbox.imageId })
      .from(outbox)
      .where(inArray(outbox.imageId, among(ids))),
  ]);
  const known = new Set([...rows, ...work].map(({ id }) => id));
  return ids.filter((id) => !known.has(id));
}

/** Of a copy: where it had a master a look is owed, which makes that anew. */
export function withoutMaster(row: ImageRow, now: number): ImageRow {
  return row.master === null ? row : { ...row, master: null, lookedBy: null, lookDueAt: now };
}
