// Rows as upkeep walks over them: the oldest of the anonymous pool, all in the order of R2's keys, and those whose original is lost.
import { and, asc, inArray, sql } from "drizzle-orm";
import { images } from "../../../../schema/tables.ts";
import type { Database } from "../../database.ts";
import { among } from "./rows.ts";

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

interface Place {
  readonly storage: string;
  readonly id: string;
}

/** The rows behind this place, in the order of the keys of their originals. */
export async function rowsBehind(
  db: Database,
  { storage, id }: Place,
  limit: number,
): Promise<readonly (Place & { readonly createdAt: number })[]> {
  return db
    .select({ id: images.id, storage: images.storage, createdAt: images.createdAt })
    .from(images)
    .where(sql`(${images.storage}, ${images.id}) > (${storage}, ${id})`)
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
