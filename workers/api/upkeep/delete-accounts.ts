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

/** Deletes at most so many batches of 100 images; an account that has none left goes itself. Safe to repeat and to stop anywhere. */
export async function deleteAccounts(batches: number, context: DeletingAccounts): Promise<void> {
  const { db } = context;
  const isDue = isNotNull(accounts.deletingAt);
  const asked = db.select({ id: accounts.id }).from(accounts).where(isDue);
  let left = batches;
  for (const { id } of await asked.orderBy(asc(accounts.deletingAt)).limit(ACCOUNTS)) {
    for (; left > 0; left--) {
      const ids = await someImages(db, id, BATCH);
      if (ids.length === 0) break;
      await deleteImages(ids, { ...context, accountId: id });
    }
    if (left > 0) await removeAccount(context, id);
  }
}

/** Its sessions and passkeys go with it. While an image is still there, one whose upload was under way, D1 refuses, and the next run deletes that first. */
async function removeAccount({ db }: DeletingAccounts, id: string): Promise<void> {
  await db.batch([
    db.delete(apiKeys).where(eq(apiKeys.accountId, id)),
    db.delete(accounts).where(eq(accounts.id, id)),
  ]);
}
