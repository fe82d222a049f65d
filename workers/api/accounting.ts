// Which ledger counts for an account, and which limits it holds the account to.
import { ANONYMOUS_ACCOUNT } from "../../schema/ids.ts";
import { type PlanLimits, plans } from "../../schema/plans.ts";
import type { Account } from "./account.ts";
import type { Settings } from "./settings.ts";

type LedgerNamespace = ApiEnv["LEDGER"];
export type LedgerStub = ReturnType<LedgerNamespace["getByName"]>;

/**
 * The anonymous pool is spread over this many ledgers, because one Durable Object writes only some hundred times a
 * second. It divides the alphabet of ids, so that every part gets the same share.
 */
const POOL_PARTS = 12;

/** The ledger in which an image counts. */
export function ledgerOf(ledgers: LedgerNamespace, account: Account, imageId: string): LedgerStub {
  if (account.id !== ANONYMOUS_ACCOUNT) return ledgers.getByName(`account:${account.id}`);
  return ledgers.getByName(`pool:${Number.parseInt(imageId.charAt(0), 36) % POOL_PARTS}`);
}

/** The ledger that counts the calls of one address. */
export function addressLedger(ledgers: LedgerNamespace, address: string): LedgerStub {
  return ledgers.getByName(`address:${address}`);
}

/** What one ledger of the account may hold. */
export function limitsOf(account: Account, settings: Settings): PlanLimits {
  if (account.id !== ANONYMOUS_ACCOUNT) return plans[account.plan];
  return { ...plans.anonymous, storageBytes: Math.floor(settings.ANONYMOUS_STORAGE_BYTES / POOL_PARTS) };
}
