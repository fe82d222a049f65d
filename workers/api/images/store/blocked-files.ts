// Files that nobody may upload, by their SHA-256. A row is never deleted: who blocked what, and who let it go again, stays to be read.
import { and, desc, eq, inArray, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { blockedFiles, images } from "../../../../schema/tables.ts";
import type { Database } from "../../database.ts";
import type { Position } from "./list-query.ts";

export type BlockedFileRow = typeof blockedFiles.$inferSelect;

export interface Blocking {
  /** The operator's account; null where the operator's token says so. */
  readonly by: string | null;
  readonly note: string;
  readonly now: number;
}

/** Of one file. */
export async function isBlockedFile(db: Database, sha256: string): Promise<boolean> {
  const row = await db
    .select({ sha256: blockedFiles.sha256 })
    .from(blockedFiles)
    .where(and(eq(blockedFiles.sha256, sha256), isNull(blockedFiles.liftedAt)))
    .get();
  return row !== undefined;
}

/**
 * For a batch that has written an image's row, at its end: the row is gone again where its file is blocked. Answers its id then.
 * The attack: a file is sent so slowly that it is looked for on the list before the operator puts it there, and kept after that.
 */
export function dropOfBlockedFile(db: Database, id: string) {
  return db
    .delete(images)
    .where(and(eq(images.id, id), areOfBlockedFiles()))
    .returning({ id: images.id });
}

/** Whether its file is blocked: of rows of the images table. */
function areOfBlockedFiles(): SQL {
  return sql`exists (select 1 from ${blockedFiles} where sha256 = ${images.sha256} and lifted_at is null)`;
}

/** Refuses these files from now on. Answers those that were not refused before. */
export async function blockFiles(
  db: Database,
  sha256: readonly string[],
  { by, note, now }: Blocking,
): Promise<readonly string[]> {
  // `where true` tells SQLite's parser that what follows belongs to the insert (https://sqlite.org/lang_upsert.html, "Parsing Ambiguity").
  const rows = sql`select value, null, ${note}, ${now}, ${by}, null, null from json_each(${JSON.stringify(sha256)}) where true`;
  return (await insert(db, rows, { by, note, now })).map((row) => row.sha256);
}

/** The same with the file of an image of any account; nothing where there is no such image. */
export async function blockFileOf(db: Database, imageId: string, blocking: Blocking): Promise<void> {
  const { by, note, now } = blocking;
  const row = sql`select ${images.sha256}, ${images.id}, ${note}, ${now}, ${by}, null, null from ${images} where ${images.id} = ${imageId}`;
  await insert(db, row, blocking);
}

/** `rows`: in the order of the table's columns in code. What is refused already stays as it was noted first. */
function insert(db: Database, rows: SQL, { by, note, now }: Blocking) {
  return db
    .insert(blockedFiles)
    .select(rows)
    .onConflictDoUpdate({
      target: blockedFiles.sha256,
      set: {
        imageId: sql`excluded.image_id`,
        note,
        blockedAt: now,
        blockedBy: by,
        liftedAt: null,
        liftedBy: null,
      },
      setWhere: isNotNull(blockedFiles.liftedAt),
    })
    .returning({ sha256: blockedFiles.sha256 });
}

/** Lets a file be uploaded again; undefined where it is not refused. */
export async function liftFile(
  db: Database,
  sha256: string,
  { by, now }: Pick<Blocking, "by" | "now">,
): Promise<BlockedFileRow | undefined> {
  const [row] = await db
    .update(blockedFiles)
    .set({ liftedAt: now, liftedBy: by })
    .where(and(eq(blockedFiles.sha256, sha256), isNull(blockedFiles.liftedAt)))
    .returning();
  return row;
}

/** The newest first, those that were let go again among them. */
export async function listBlockedFiles(db: Database, before: Position | undefined, limit: number) {
  const { createdAt, id } = before ?? { createdAt: Number.MAX_SAFE_INTEGER, id: "" };
  const found = await db
    .select()
    .from(blockedFiles)
    .where(sql`(${blockedFiles.blockedAt}, ${blockedFiles.sha256}) < (${createdAt}, ${id})`)
    .orderBy(desc(blockedFiles.blockedAt), desc(blockedFiles.sha256))
    .limit(limit + 1);
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return { page, next: last && { createdAt: last.blockedAt, id: last.sha256 } };
}

/** For a batch that writes rows of images: those of blocked files come in as blocked, and nobody sees them. */
export function hideBlockedFiles(db: Database, ids: SQL) {
  return db
    .update(images)
    .set({ status: "blocked", master: null })
    .where(and(inArray(images.id, ids), sql`${images.status} <> 'blocked'`, areOfBlockedFiles()));
}
