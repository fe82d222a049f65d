// Images by their ids: who asks decides which of them exist.
import { and, eq, inArray } from "drizzle-orm";
import { images } from "../../../../schema/tables.ts";
import { areAlive, isAlive } from "../../../shared/alive.ts";
import type { Database } from "../../database.ts";
import { areOwn, type ImageRow } from "./rows.ts";

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

/** Those of the images that belong to the account and can be shown; the others are left out silently. */
export async function findImages(
  db: Database,
  ids: readonly string[],
  accountId: string,
  now: number,
  order: "asc" | "desc",
): Promise<readonly ImageRow[]> {
  const areShown = inArray(images.status, ["ready", "processing"]);
  const rows = await db
    .select()
    .from(images)
    .where(and(areOwn(ids, accountId), areShown, areAlive(now)));
  const oldestFirst = rows.toSorted(
    (one, other) => one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1),
  );
  return order === "asc" ? oldestFirst : oldestFirst.toReversed();
}

/** Those of the images that belong to the account, whatever has become of them: expired and blocked ones, too. */
export async function findOwnRows(
  db: Database,
  ids: readonly string[],
  accountId: string,
): Promise<readonly ImageRow[]> {
  return db.select().from(images).where(areOwn(ids, accountId));
}

/** What a stranger may look at on its page: a ready, public, unexpired image; everything else looks as if it never was. */
export async function findViewableImage(
  db: Database,
  id: string,
  now: number,
): Promise<ImageRow | undefined> {
  const row = await findPublicImage(db, id, now);
  return row?.status === "ready" ? row : undefined;
}

/** The same, and images that were public when they were blocked: that they are is no secret. */
export async function findPublicImage(db: Database, id: string, now: number): Promise<ImageRow | undefined> {
  const isShown = and(inArray(images.status, ["ready", "blocked"]), eq(images.public, true), areAlive(now));
  return db
    .select()
    .from(images)
    .where(and(eq(images.id, id), isShown))
    .get();
}

/** The hash of what an image of this account may be deleted by without a key, if there is such an image. */
export async function findDeleteTokenHash(
  db: Database,
  id: string,
  accountId: string,
): Promise<{ readonly hash: string | null } | undefined> {
  return db
    .select({ hash: images.deleteTokenHash })
    .from(images)
    .where(and(eq(images.id, id), eq(images.accountId, accountId)))
    .get();
}

/** What an upload made that its ledger has lost sight of; undefined where it came to no row. */
export async function findStoredBytes(
  db: Database,
  id: string,
  storage: string,
): Promise<number | undefined> {
  const row = await db
    .select({ bytes: images.bytes })
    .from(images)
    .where(and(eq(images.id, id), eq(images.storage, storage)))
    .get();
  return row?.bytes;
}

/** Whether there is a row of this id, whatever has become of it. */
export async function hasRow(db: Database, id: string): Promise<boolean> {
  return (await db.select({ id: images.id }).from(images).where(eq(images.id, id)).get()) !== undefined;
}
