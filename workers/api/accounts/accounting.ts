// Which ledger counts for an account, and which limits it holds the account to.
import { ANONYMOUS_ACCOUNT } from "../../../schema/ids.ts";
import { type PlanLimits, plans } from "../../../schema/plans.ts";
import type { HourPolicy } from "../ledger/hour.ts";
import type { Settings } from "../settings.ts";
import type { Account } from "./account.ts";

export type LedgerStub = ReturnType<ApiEnv["LEDGER"]["getByName"]>;

/**
 * The ledger of this name for a story of several calls: each gets a stub of its own. A stub whose object has once broken (a deployment, a move,
 * a reset) fails for good, and an upload of a minute would end with a 502 though the ledger has long been back.
 */
export function lastingLedger(ledgers: ApiEnv["LEDGER"], name: string): LedgerStub {
  return new Proxy(ledgers.getByName(name), {
    get(_, member) {
      const fresh = ledgers.getByName(name);
      const value: unknown = Reflect.get(fresh, member);
      // What a stub hands out takes `bind` for a name of the object's, too.
      if (typeof value !== "function") return value;
      return (...args: readonly unknown[]): unknown => Reflect.apply(value, fresh, args);
    },
  });
}

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

/** The ledgers of the anonymous pool, each with the first letters of the ids that count in it. */
export const poolParts = Array.from({ length: POOL_PARTS }, (_, part) => ({
  ledgerName: `pool:${part}`,
  firstLetters: Array.from({ length: 36 / POOL_PARTS }, (_, n) => (part + n * POOL_PARTS).toString(36)),
}));

/** The ledger that counts what all callers without a key stored in the last hour. */
export const HOUR_LEDGER = "pool:hour";

/** The ledger that counts what is reported to the operator. */
export const REPORTS_LEDGER = "reports";

/** How much callers without a key may store in an hour. */
export function hourPolicyOf(settings: Settings): HourPolicy {
  return {
    all: {
      uploads: settings.ANONYMOUS_TOTAL_UPLOADS_PER_HOUR,
      bytes: settings.ANONYMOUS_TOTAL_BYTES_PER_HOUR,
    },
    network: {
      uploads: settings.ANONYMOUS_NETWORK_UPLOADS_PER_HOUR,
      bytes: settings.ANONYMOUS_NETWORK_BYTES_PER_HOUR,
    },
  };
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
