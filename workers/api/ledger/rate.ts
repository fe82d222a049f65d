// Fixed windows: so many calls in so many seconds, and then a wait that is told.
import { z } from "zod";

export interface RatePolicy {
  /** Names the window on the wire: `hour`, `day`, `minute`. */
  readonly name: string;
  readonly limit: number;
  readonly windowSeconds: number;
}

export interface RateOutcome {
  readonly allowed: boolean;
  /** The policy that has the least room left. */
  readonly policy: RatePolicy;
  readonly remaining: number;
  /** Seconds until that window begins anew; at least 1. */
  readonly resetSeconds: number;
}

const windowSchema = z.object({ used: z.number(), ends_at: z.number() });

/** Counts one call against every policy, or against none if one of them is used up. */
export function takeRate(
  sql: SqlStorage,
  caller: string,
  policies: readonly RatePolicy[],
  now: number,
): RateOutcome | undefined {
  const windows = policies.map((policy) => openWindow(sql, caller, policy, now));
  const full = windows.filter((window) => window.remaining <= 0).toSorted(byLongestWait)[0];
  if (full) return { allowed: false, ...full };
  for (const { policy, resetSeconds } of windows) {
    sql.exec(
      `insert into rate_windows values (?, 1, ?)
       on conflict (name) do update set
         used = case when ends_at <= ? then 1 else used + 1 end,
         ends_at = case when ends_at <= ? then excluded.ends_at else ends_at end`,
      windowName(caller, policy),
      now + resetSeconds * 1_000,
      now,
      now,
    );
  }
  const tightest = windows.toSorted((one, other) => one.remaining - other.remaining)[0];
  return tightest && { allowed: true, ...tightest, remaining: tightest.remaining - 1 };
}

/** Forgets windows that are over, and says when the last open one ends. */
export function forgetOldWindows(sql: SqlStorage, now: number): void {
  sql.exec("delete from rate_windows where ends_at <= ?", now);
}

function openWindow(sql: SqlStorage, caller: string, policy: RatePolicy, now: number) {
  const rows = sql
    .exec("select used, ends_at from rate_windows where name = ?", windowName(caller, policy))
    .toArray();
  const window = rows[0] && windowSchema.parse(rows[0]);
  if (!window || window.ends_at <= now) {
    return { policy, remaining: policy.limit, resetSeconds: policy.windowSeconds };
  }
  return {
    policy,
    remaining: policy.limit - window.used,
    resetSeconds: Math.max(1, Math.ceil((window.ends_at - now) / 1_000)),
  };
}

function windowName(caller: string, policy: RatePolicy): string {
  return `${caller} ${policy.name}`;
}

function byLongestWait(one: { resetSeconds: number }, other: { resetSeconds: number }): number {
  return other.resetSeconds - one.resetSeconds;
}
