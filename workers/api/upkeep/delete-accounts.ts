// Deletes accounts whose owners wanted it, piece by piece: each minute goes on where the last one stopped.
import { asc, eq, isNotNull } from "drizzle-orm";
import { accounts, apiKeys } from "../../../schema/tables.ts";
import { deleteImages } from "../images/delete-images.ts";
import { someImages } from "../images/store/index.ts";
import type { Finishing } from "./outbox.ts";

/** Accounts in a run. */
const ACCOUNTS = 5;
/** Images that are deleted at a time. */
const BATCH = 100;

interface DeletingAccounts extends Finishing {
  readonly now: number;
}

/**
 * Deletes at most so many batches of 100 images of the accounts that are due, the same of each, so that one with very many pictures does
 * not keep the others waiting. An account that has none left goes itself. Safe to repeat and to stop anywhere.
 */
export async function deleteAccounts(batches: number, context: DeletingAccounts): Promise<void> {
  const isDue = isNotNull(accounts.deletingAt);
  const asked = context.db.select({ id: accounts.id }).from(accounts).where(isDue);
  const due = await asked.orderBy(asc(accounts.deletingAt)).limit(ACCOUNTS);
  let left = batches;
  for (const [at, { id }] of due.entries())
    left -= await deleteAccount(id, Math.ceil(left / (due.length - at)), context);
}

/** The same for one account that is due. Answers how many batches it took. */
export async function deleteAccount(id: string, batches: number, context: DeletingAccounts): Promise<number> {
  for (let taken = 0; taken < batches; taken++) {
    const ids = await someImages(context.db, id, BATCH);
    if (ids.length > 0) await deleteImages(ids, { ...context, accountId: id });
    if (ids.length < BATCH) {
      await removeAccount(context, id);
      return taken + 1;
    }
  }
  return batches;
}

/** Its sessions and passkeys go with it. While an image is still there, one whose upload was under way, D1 refuses, and the next run deletes that first. */
async function removeAccount({ db }: DeletingAccounts, id: string): Promise<void> {
  await db.batch([
    db.delete(apiKeys).where(eq(apiKeys.accountId, id)),
    db.delete(accounts).where(eq(accounts.id, id)),
  ]);
}
