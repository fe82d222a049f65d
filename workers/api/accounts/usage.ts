// What an account has used of its plan.
import type { Usage } from "../../../schema/api.ts";
import type { PlanLimits } from "../../../schema/plans.ts";
import { toTimestamp } from "../images/image-object.ts";
import type { LedgerUsage } from "../ledger/quota.ts";
import type { Account } from "./account.ts";

/** `used` comes from the account's ledger, which counts exactly. */
export function toUsage(account: Account, limits: PlanLimits, used: LedgerUsage, now: number): Usage {
  const date = new Date(now);
  const start = Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
  const end = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
  return {
    object: "usage",
    plan: account.plan,
    limits_enforced: limits.uploadsPerMonth !== null || limits.storageBytes !== null,
    period: { start: toTimestamp(start), end: toTimestamp(end) },
    limits: {
      uploads: { used: used.uploads, limit: limits.uploadsPerMonth },
      storage_bytes: { used: used.bytes, limit: limits.storageBytes },
      images: { used: used.images, limit: null },
    },
    totals: { images_stored: used.images, bytes_stored: used.bytes },
  };
}
