// Looks at originals: what they found, and which are owed.
import { and, asc, eq, inArray, lte, sql } from "drizzle-orm";
import { images, outbox } from "../../../../schema/tables.ts";
import { areAlive } from "../../../shared/alive.ts";
import type { Database } from "../../database.ts";
import { among, type ImageRow } from "./rows.ts";

interface Found extends Partial<ImageRow> {
  readonly facts: string;
  /** Otherwise its URLs could only answer errors. */
  readonly isUsable: boolean;
}

/** What URLs answer by. */
const served = ["facts", "transformable", "notes", "sizes", "width", "height"] as const;

/** Stores what a look found, and that caches must forget where it changes what is served. Says whether it changes anything. */
export async function storeLook(
  db: Database,
  row: ImageRow,
  { isUsable, ...found }: Found,
  now: number,
): Promise<boolean> {
  const status = isUsable ? "ready" : "failed";
  // Who was blocked or is gone meanwhile stays so.
  const update = db
    .update(images)
    .set({ ...found, status: sql`iif(${images.status} in ('ready', 'failed'), ${status}, ${images.status})` })
    .where(and(eq(images.id, row.id), eq(images.sha256, row.sha256)));
  const isServedDifferently = !isUsable || served.some((name) => name in found && found[name] !== row[name]);
  const purge = db
    .insert(outbox)
    .select(sql`select id, 'purge', account_id, storage, ${now} from ${images} where id = ${row.id}`)
    .onConflictDoUpdate({ target: [outbox.imageId, outbox.kind], set: { dueAt: now } });
  await (isServedDifferently ? db.batch([update, purge]) : update);
  const changes = [...served, "thumbhash", "color"] as const;
  return !isUsable || changes.some((name) => name in found && found[name] !== row[name]);
}

/**
 * The look that is owed the longest. It is put off before it is taken, four times as long at each attempt, so that an original that kills
 * who looks can't hold up the rest.
 */
export async function takeDueLook(db: Database, now: number): Promise<ImageRow | undefined> {
  const row = await db
    .select()
    .from(images)
    .where(and(lte(images.lookDueAt, now), eq(images.status, "ready"), areAlive(now)))
    .orderBy(asc(images.lookDueAt))
    .limit(1)
    .get();
  if (!row) return undefined;
  const lookDueAt = now + FIRST_PAUSE_MILLISECONDS * 4 ** row.lookAttempts;
  await db
    .update(images)
    .set({ lookDueAt, lookAttempts: sql`${images.lookAttempts} + 1` })
    .where(eq(images.id, row.id));
  return row;
}

const FIRST_PAUSE_MILLISECONDS = 60_000;

/** Takes back an attempt that nobody had time for. */
export async function putLookBack(db: Database, { id, lookAttempts }: ImageRow, now: number): Promise<void> {
  const lookDueAt = now + FIRST_PAUSE_MILLISECONDS;
  await db.update(images).set({ lookDueAt, lookAttempts }).where(eq(images.id, id));
}

/** No look is owed any more. */
export async function dropLook(db: Database, { id }: ImageRow): Promise<void> {
  await db.update(images).set({ lookDueAt: null, lookAttempts: 0 }).where(eq(images.id, id));
}

/** The images behind this one, in the order of their ids, with the engine that looked at each last. */
export async function looksBehind(
  db: Database,
  id: string,
  limit: number,
): Promise<readonly { readonly id: string; readonly lookedBy: number | null }[]> {
  return db
    .select({ id: images.id, lookedBy: images.lookedBy })
    .from(images)
    .where(sql`${images.id} > ${id}`)
    .orderBy(asc(images.id))
    .limit(limit);
}

/** Images of any account, in the order of their ids. */
export async function findRows(db: Database, ids: readonly string[]): Promise<readonly ImageRow[]> {
  return db
    .select()
    .from(images)
    .where(inArray(images.id, among(ids)))
    .orderBy(asc(images.id));
}
