// Finds the account behind an API key.
import { and, eq, gt, isNull, or } from "drizzle-orm";
import { accounts, apiKeys } from "../../../schema/tables.ts";
import type { Database } from "../database.ts";
import type { Account } from "./account.ts";
import { hashApiKey, isWellFormedKey } from "./api-key.ts";

export interface FoundKey {
  readonly keyId: string;
  readonly abilities: ReadonlySet<string>;
  readonly account: Account;
  readonly isSuspended: boolean;
  readonly lastUsedAt: number | null;
}

/** How exact `last_used_at` is: a write for every request would cost more than the request. */
const USE_NOTED_EVERY_MILLISECONDS = 60 * 60_000;

/** undefined for a key that is malformed, unknown, revoked or expired, or whose account is being deleted: a caller can't tell which. */
export async function findKey(db: Database, key: string, now: number): Promise<FoundKey | undefined> {
  if (!isWellFormedKey(key)) return undefined;
  const row = await db
    .select({ key: apiKeys, account: accounts })
    .from(apiKeys)
    .innerJoin(accounts, eq(accounts.id, apiKeys.accountId))
    .where(
      and(
        eq(apiKeys.hash, await hashApiKey(key)),
        isNull(apiKeys.revokedAt),
        // One that was made while the deletion revoked the others.
        isNull(accounts.deletingAt),
        or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, now)),
      ),
    )
    .get();
  if (!row) return undefined;
  const { id, storage, plan, status } = row.account;
  return {
    keyId: row.key.id,
    abilities: new Set(row.key.abilities.split(",")),
    account: { id, storage, plan },
    isSuspended: status === "suspended",
    lastUsedAt: row.key.lastUsedAt,
  };
}

/** Remembers that a key was used. */
export async function noteUse(db: Database, key: FoundKey, now: number): Promise<void> {
  if (key.lastUsedAt !== null && now - key.lastUsedAt < USE_NOTED_EVERY_MILLISECONDS) return;
  await db.update(apiKeys).set({ lastUsedAt: now }).where(eq(apiKeys.id, key.keyId));
}
