// Finishes what an answer left to do: free the storage, remove the object, forget cached answers. All safe to repeat.
import { and, asc, eq, inArray, lt, lte, sql } from "drizzle-orm";
import { outbox } from "../../../schema/tables.ts";
import { logError } from "../../shared/log.ts";
import type { Owner } from "../../shared/object-keys.ts";
import { type LedgerStub, ledgerName } from "../accounts/accounting.ts";
import type { Database } from "../database.ts";
import { hiddenAmong } from "../images/store/index.ts";
import { removeImages, removeMade } from "./remove-objects.ts";

export type Work = typeof outbox.$inferSelect;
export type Kind = Work["kind"];

/** Whether every city has forgotten what was cached, or will in the next minutes. */
export type Purge = "done" | "pending";

export interface Finishing {
  readonly db: Database;
  readonly originals: Pick<R2Bucket, "delete" | "list">;
  readonly ledgerNamed: (name: string) => Pick<LedgerStub, "remove">;
  /** Asks src to forget these images; false when the platform refuses for now. */
  readonly purge: (ids: readonly string[]) => Promise<boolean>;
}

/** How long work that failed waits before the cron tries again. */
const RETRY_AFTER_MILLISECONDS = 60_000;

/**
 * An answer that was decided before a deletion may be kept after its purge: when the longest render, its wait and its stream could have ended, all
 * is forgotten once more.
 */
const LONGEST_FILL_MILLISECONDS = 3 * 60_000;

/** A purge that was noted this long ago and is still there was refused: its own request would have struck it off. */
const WAITING_MILLISECONDS = 5_000;

/**
 * Does the work of a request, then strikes it off. What fails is logged once and stays in the outbox for the cron. So do purges while others have been
 * waiting: calls are rationed, and each that a request takes for one image the cron would have had for hundreds.
 */
export async function finishWork(work: readonly Work[], context: Finishing, now: number): Promise<Purge> {
  const purges = work.filter(({ kind }) => kind === "purge");
  if (purges.length === 0 || !(await doOthersWait(context.db, now))) return finishDue(work, context, now);
  await finishDue(
    work.filter(({ kind }) => kind !== "purge"),
    context,
    now,
  );
  return "pending";
}

async function doOthersWait(db: Database, now: number): Promise<boolean> {
  const isWaiting = and(eq(outbox.kind, "purge"), lt(outbox.dueAt, now - WAITING_MILLISECONDS));
  return (await db.select({ imageId: outbox.imageId }).from(outbox).where(isWaiting).limit(1)).length > 0;
}

/** The same for the cron, which waits for nobody. */
export async function finishDue(work: readonly Work[], context: Finishing, now: number): Promise<Purge> {
  const ofKind = (...kinds: readonly Kind[]) => work.filter(({ kind }) => kinds.includes(kind));
  // Caches first: what is deleted or blocked is still seen there.
  const isPurged = await attempt("caches", () => purge(ofKind("purge", "purge-again"), context, now));
  await attempt("deletions", () => finishDeletions(ofKind("delete"), context));
  return isPurged ? "done" : "pending";
}

async function attempt(what: string, work: () => Promise<boolean>): Promise<boolean> {
  try {
    return await work();
  } catch (error) {
    logError("work of the outbox is not finished; the cron will go on", error, { what });
    return false;
  }
}

async function purge(work: readonly Work[], context: Finishing, now: number): Promise<boolean> {
  const { db, purge } = context;
  if (work.length === 0) return true;
  if (!(await purge([...new Set(work.map(({ imageId }) => imageId))]))) return false;
  await removeLate(
    work.filter(({ kind }) => kind === "purge-again"),
    context,
  );
  const again = work
    .filter(({ kind }) => kind === "purge")
    .map((one) => ({ ...one, kind: "purge-again" as const, dueAt: now + LONGEST_FILL_MILLISECONDS }));
  await db.batch([strike(db, work), add(db, again)]);
  return true;
}

/** What was kept of a picture by renders that began before it was deleted or blocked. */
async function removeLate(work: readonly Work[], { db, originals }: Finishing): Promise<void> {
  const ids = work.map(({ imageId }) => imageId);
  if (ids.length === 0) return;
  const hidden = await hiddenAmong(db, ids);
  await removeMade(originals, work.filter(({ imageId }) => hidden.has(imageId)).map(ownerIn));
}

async function finishDeletions(work: readonly Work[], context: Finishing): Promise<boolean> {
  if (work.length === 0) return true;
  const { originals } = context;
  await Promise.all([freeStorage(work, context), removeImages(originals, work.map(ownerIn))]);
  await strike(context.db, work);
  return true;
}

/** Work whose time has come, oldest first. It is put off before it is begun, so that bad work can't block the rest. */
export async function takeDueWork(
  db: Database,
  kinds: readonly Kind[],
  limit: number,
  now: number,
): Promise<readonly Work[]> {
  const isDue = and(lte(outbox.dueAt, now), inArray(outbox.kind, [...kinds]));
  const due = await db.select().from(outbox).where(isDue).orderBy(asc(outbox.dueAt)).limit(limit);
  if (due.length === 0) return [];
  const dueAt = now + RETRY_AFTER_MILLISECONDS;
  await db.update(outbox).set({ dueAt }).where(areStill(due));
  return due.map((one) => ({ ...one, dueAt }));
}

/** Has the cron purge what is cached of an image, whether or not it has a row. */
export async function notePurge(
  db: Database,
  { storage, id, accountId }: Owner & Pick<Work, "accountId">,
  now: number,
): Promise<void> {
  await add(db, [{ imageId: id, kind: "purge", accountId, storage, dueAt: now }]);
}

/** Notes work, or puts it off where it is noted already. */
function add(db: Database, work: readonly Work[]) {
  const values = sql`select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 from json_each(${rowsOf(work)}) where true`;
  const latest = sql`max(${outbox.dueAt}, excluded.due_at)`;
  return db
    .insert(outbox)
    .select(values)
    .onConflictDoUpdate({ target: [outbox.imageId, outbox.kind], set: { dueAt: latest } });
}

function strike(db: Database, work: readonly Work[]) {
  return db.delete(outbox).where(areStill(work));
}

/** The rows as they were taken: what was noted anew meanwhile has another time, and is still to be done. One parameter: D1 binds at most 100. */
function areStill(work: readonly Work[]) {
  const taken = sql`select value ->> 0, value ->> 1, value ->> 4 from json_each(${rowsOf(work)})`;
  return sql`(${outbox.imageId}, ${outbox.kind}, ${outbox.dueAt}) in (${taken})`;
}

/** In the order of the table's columns. */
function rowsOf(work: readonly Work[]): string {
  return JSON.stringify(
    work.map(({ imageId, kind, accountId, storage, dueAt }) => [imageId, kind, accountId, storage, dueAt]),
  );
}

/** Ids that count in one ledger go in one message. */
async function freeStorage(deletions: readonly Work[], { ledgerNamed }: Finishing): Promise<void> {
  const byLedger = Map.groupBy(deletions, ({ accountId, imageId }) => ledgerName(accountId, imageId));
  await Promise.all(
    [...byLedger].map(([name, images]) => ledgerNamed(name).remove(images.map(({ imageId }) => imageId))),
  );
}

const ownerIn = ({ storage, imageId }: Work) => ({ storage, id: imageId });
