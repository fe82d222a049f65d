// The storage that all share who have no key: how full it is, for the operator and for making room.
import type { AnonymousPool } from "../../../schema/admin.ts";
import type { LedgerUsage } from "../ledger/quota.ts";
import type { Settings } from "../settings.ts";
import { anonymousAccount } from "./account.ts";
import { HOUR_LEDGER, hourPolicyOf, type LedgerStub, limitsOf, poolParts } from "./accounting.ts";

export interface PoolPart {
  /** Ids of its images begin with one of them. */
  readonly firstLetters: readonly string[];
  readonly usage: LedgerUsage;
  /** What this part may hold. */
  readonly limitBytes: number;
}

interface Pool {
  readonly settings: Settings;
  readonly ledgerNamed: (name: string) => Pick<LedgerStub, "usage" | "hourFigures">;
  readonly now: number;
}

/** Asks the ledger of each part. */
export async function readPoolParts({ settings, ledgerNamed, now }: Pool): Promise<readonly PoolPart[]> {
  const limitBytes = limitsOf(anonymousAccount, settings).storageBytes ?? Number.POSITIVE_INFINITY;
  return Promise.all(
    poolParts.map(async ({ ledgerName, firstLetters }) => ({
      firstLetters,
      limitBytes,
      usage: await ledgerNamed(ledgerName).usage(now),
    })),
  );
}

/** Everything an operator may want to know of it. */
export async function readPool(pool: Pool): Promise<AnonymousPool> {
  const { settings, ledgerNamed, now } = pool;
  const parts = await readPoolParts(pool);
  const { uploads, bytes, networks } = await ledgerNamed(HOUR_LEDGER).hourFigures(now);
  const { all, network } = hourPolicyOf(settings);
  const usages = parts.map(({ usage }) => usage);
  return {
    object: "anonymous_pool",
    images: sum(usages.map((usage) => usage.images)),
    storage_bytes: { used: sum(usages.map((usage) => usage.bytes)), limit: settings.ANONYMOUS_STORAGE_BYTES },
    fullest_part_bytes: {
      used: Math.max(...usages.map((usage) => usage.bytes)),
      limit: parts[0]?.limitBytes ?? 0,
    },
    eviction: settings.ANONYMOUS_EVICTION,
    last_hour: {
      uploads: { used: uploads, limit: all.uploads },
      bytes: { used: bytes, limit: all.bytes },
      network_limits: network,
      networks: [...networks],
    },
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
