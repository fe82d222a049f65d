// Rows as upkeep walks over them: the oldest of the anonymous pool, all in the order of R2's keys, and those whose original is lost.
import { and, asc, eq, gte, inArray, ne, sql } from "drizzle-orm";
import { images } from "../../../../schema/tables.ts";
import type { Owner } from "../../../shared/object-keys.ts";
import type { Database } from "../../database.ts";
import { among, type ImageRow } from "./rows.ts";

/** The oldest images of an account whose ids begin with one of these letters, at most `limit`; blocked ones are left out. */
export async function oldestImages(
  db: Database,
  accountId: string,
  firstLetters: readonly string[],
  limit: number,
): Promise<readonly { readonly id: string; readonly bytes: number }[]> {
  const letters = inArray(sql`substr(${images.id}, 1, 1)`, [...firstLetters]);
  return db
    .select({ id: images.id, bytes: images.bytes })
    .from(images)
    .where(sql`${images.accountId} = ${accountId} and ${images.status} <> 'blocked' and ${letters}`)
    .orderBy(asc(images.createdAt), asc(images.id))
    .limit(limit);
}

/** Ids of an account's images, whatever their state, the oldest first. */
export async function someImages(db: Database, accountId: string, limit: number): Promise<readonly string[]> {
  const own = db.select({ id: images.id }).from(images).where(eq(images.accountId, accountId));
  return (await own.orderBy(asc(images.createdAt), asc(images.id)).limit(limit)).map(({ id }) => id);
}

/** How many images an account has, whatever their state; counted no further than `most`. */
export async function countImages(db: Database, accountId: string, most: number): Promise<number> {
  const some = sql`(select 1 from ${images} where account_id = ${accountId} limit ${most})`;
  return (await db.get<{ count: number }>(sql`select count(*) as count from ${some}`)).count;
}

/** The rows from this place on, in the order of the keys of their originals. */
export async function rowsFrom(
  db: Database,
  { storage, id }: Owner,
  limit: number,
): Promise<readonly (Owner & Pick<ImageRow, "createdAt" | "bytes" | "status" | "master">)[]> {
  const { id: rowId, storage: rowStorage, createdAt, bytes, status, master } = images;
  return db
    .select({ id: rowId, storage: rowStorage, createdAt, bytes, status, master })
    .from(images)
    .where(sql`(${images.storage}, ${images.id}) >= (${storage}, ${id})`)
    .orderBy(asc(images.storage), asc(images.id))
    .limit(limit);
}

/** Marks images whose original is lost; a blocked one stays blocked. */
export async function markFailed(db: Database, ids: readonly string[]): Promise<void> {
  const areServed = inArray(images.status, ["ready", "processing"]);
  await db
    .update(images)
    .set({ status: "failed" })
    .where(and(inArray(images.id, among(ids)), areServed));
}

/** Those of the ids whose pictures nobody may see: they are gone or blocked. */
export async function hiddenAmong(db: Database, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const seen = await db
    .select({ id: images.id })
    .from(images)
    .where(and(inArray(images.id, among(ids)), ne(images.status, "blocked")));
  const hidden = new Set(ids);
  for (const { id } of seen) hidden.delete(id);
  return hidden;
}

/** How many looks are owed, counted up to `most`. */
export async function owedLooks(db: Database, most: number): Promise<number> {
  const candidates = db
    .select({ id: images.id })
    .from(images)
    .where(gte(images.lookDueAt, 0))
    .limit(most)
    .as("candidates");
  return db.$count(candidates);
}
