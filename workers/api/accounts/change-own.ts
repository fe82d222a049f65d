// What a member changes of the account it is signed in to.
import { and, eq, isNull } from "drizzle-orm";
import { accounts, apiKeys } from "../../../schema/tables.ts";
import type { Database } from "../database.ts";
import { endOtherSessions, type Member } from "./sessions.ts";

export const MAX_NAME_LENGTH = 100;

export async function renameAccount(db: Database, accountId: string, name: string): Promise<void> {
  await db.update(accounts).set({ name }).where(eq(accounts.id, accountId));
}

/** Gives the account an address that is shown to be its owner's; false where another account has it. */
export async function changeEmail(db: Database, accountId: string, email: string): Promise<boolean> {
  try {
    await db.update(accounts).set({ email }).where(eq(accounts.id, accountId));
    return true;
  } catch (error) {
    const other = await db.select({ id: accounts.id }).from(accounts).where(eq(accounts.email, email)).get();
    if (other) return false;
    throw error;
  }
}

/** Begins the end of an account: no key and no other browser acts for it from now on, and the cron deletes what it has. */
export async function beginDeletion(
  db: Database,
  { account, sessionId }: Member,
  now: number,
): Promise<void> {
  const isKept = and(eq(apiKeys.accountId, account.id), isNull(apiKeys.revokedAt));
  await db.batch([
    db.update(accounts).set({ deletingAt: now }).where(eq(accounts.id, account.id)),
    db.update(apiKeys).set({ revokedAt: now }).where(isKept),
  ]);
  await endOtherSessions(db, account.id, sessionId);
}
