// Finishes what an answer left to do: free the storage, remove the object, forget cached variants. All safe to repeat.
import { and, asc, eq, inArray, lte, or, sql } from "drizzle-orm";
import { outbox } from "../../../schema/tables.ts";
import { logError } from "../../shared/log.ts";
import { originalKey } from "../../shared/object-keys.ts";
import { type LedgerStub, ledgerName } from "../accounts/accounting.ts";
import type { Database } from "../database.ts";

export interface Work {
  readonly imageId: string;
  readonly kind: "delete" | "purge";
  readonly accountId: string;
  readonly storage: string;
}

export interface Finishing {
  readonly db: Database;
  readonly originals: Pick<R2Bucket, "delete">;
  readonly ledgerNamed: (name: string) => Pick<LedgerStub, "remove">;
  /** Asks src to forget these images; false when the platform refuses for now. */
  readonly purge: (ids: readonly string[]) => Promise<boolean>;
}

/** How long work that failed waits before the cron tries again. */
const RETRY_AFTER_MILLISECONDS = 5 * 60_000;

/** Does the work, then strikes it off. What fails is logged once and stays in the outbox for the cron. */
export async function finishWork(work: readonly Work[], context: Finishing): Promise<void> {
  const deletions = work.filter(({ kind }) => kind === "delete");
  try {
    await Promise.all([freeStorage(deletions, context), removeObjects(deletions, context)]);
    const isPurged = await context.purge(work.map(({ imageId }) => imageId));
    if (isPurged) await context.db.delete(outbox).where(isAmong(work));
  } catch (error) {
    logError("work of the outbox is not finished; the cron will go on", error);
  }
}

/** Work whose time has come, oldest first. It is put off before it is begun, so that bad work can't block the rest. */
export async function takeDueWork(db: Database, limit: number, now: number): Promise<readonly Work[]> {
  const isDue = lte(outbox.dueAt, now);
  const due = await db.select().from(outbox).where(isDue).orderBy(asc(outbox.dueAt)).limit(limit);
  if (due.length > 0) {
    await db
      .update(outbox)
      .set({ dueAt: now + RETRY_AFTER_MILLISECONDS })
      .where(isAmong(due));
  }
  return due;
}

/** Ids that count in one ledger go in one message. */
async function freeStorage(deletions: readonly Work[], { ledgerNamed }: Finishing): Promise<void> {
  const byLedger = Map.groupBy(deletions, ({ accountId, imageId }) => ledgerName(accountId, imageId));
  await Promise.all(
    [...byLedger].map(([name, images]) => ledgerNamed(name).remove(images.map(({ imageId }) => imageId))),
  );
}

async function removeObjects(deletions: readonly Work[], { originals }: Finishing): Promise<void> {
  if (deletions.length === 0) return;
  await originals.delete(deletions.map(({ storage, imageId }) => originalKey(storage, imageId)));
}

/** A deletion forgets cached variants too, so a purge that waits for the same image is done with it. Not so the reverse. */
function isAmong(work: readonly Work[]) {
  const isPurge = and(inArray(outbox.imageId, idsOf(work)), eq(outbox.kind, "purge"));
  return or(inArray(outbox.imageId, idsOf(work.filter(({ kind }) => kind === "delete"))), isPurge);
}

/** Ids as one parameter: D1 binds at most 100. */
function idsOf(work: readonly Work[]) {
  return sql`(select value from json_each(${JSON.stringify(work.map(({ imageId }) => imageId))}))`;
}
