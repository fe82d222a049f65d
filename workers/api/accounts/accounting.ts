// Which ledger counts for an account, and which limits it holds the account to.
import { ANONYMOUS_ACCOUNT } from "../../../schema/ids.ts";
import { type PlanLimits, plans } from "../../../schema/plans.ts";
import type { Settings } from "../settings.ts";
import type { Account } from "./account.ts";

export type LedgerStub = ReturnType<ApiEnv["LEDGER"]["getByName"]>;

/**
 * The anonymous pool is spread over this many ledgers, because one Durable Object writes only some hundred times a
 * second. It divides the alphabet of ids, so that every part gets the same share.
 */
const POOL_PARTS = 12;

/** The ledger in which an image counts. */
export function ledgerName(accountId: string, imageId: string): string {
  if (accountId !== ANONYMOUS_ACCOUNT) return accountLedgerName(accountId);
  return `pool:${Number.parseInt(imageId.charAt(0), 36) % POOL_PARTS}`;
}

/** The ledger of an account that has keys. */
export function accountLedgerName(accountId: string): string {
  return `account:${accountId}`;
}

/** The ledger that counts the calls of one address. */
export function addressLedgerName(address: string): string {
  return `address:${address}`;
}

/** What one ledger of the account may hold. */
export function limitsOf(account: Account, settings: Settings): PlanLimits {
  if (account.id !== ANONYMOUS_ACCOUNT) return plans[account.plan];
  return { ...plans.anonymous, storageBytes: Math.floor(settings.ANONYMOUS_STORAGE_BYTES / POOL_PARTS) };
}
