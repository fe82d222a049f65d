// Fixed windows: so many calls in so many seconds, and then a wait that is told.

export interface RatePolicy {
  /** Names the window on the wire: `minute`, `hour`, `day`. */
  readonly name: string;
  readonly limit: number;
  readonly windowSeconds: number;
}

export const hourly = (limit: number): RatePolicy => ({ name: "hour", limit, windowSeconds: 3_600 });
export const daily = (limit: number): RatePolicy => ({ name: "day", limit, windowSeconds: 86_400 });

/** One call was not worth counting. `window` is its full name. */
export function giveRateBack(windows: RateWindows, window: string): void {
  const known = windows.get(window);
  if (known && known.used > 0) windows.set(window, { ...known, used: known.used - 1 });
}

export interface RateOutcome {
  readonly allowed: boolean;
  /** The policy that has the least room left. */
  readonly policy: RatePolicy;
  readonly remaining: number;
  /** Seconds until that window begins anew; at least 1. */
  readonly resetSeconds: number;
}

export interface RateWindow {
  readonly used: number;
  readonly endsAt: number;
}

/** Where windows are kept: a Map, or a table when they must outlive the object's sleep. */
export interface RateWindows {
  get(name: string): RateWindow | undefined;
  set(name: string, window: RateWindow): unknown;
}

/** Counts one call against every policy, or against none if one of them is used up. */
export function takeRate(
  windows: RateWindows,
  caller: string,
  policies: readonly [RatePolicy, ...RatePolicy[]],
  now: number,
): RateOutcome {
  const open = policies.map((policy) => {
    const name = `${caller} ${policy.name}`;
    const known = windows.get(name);
    const fresh = { used: 0, endsAt: now + policy.windowSeconds * 1_000 };
    return { name, policy, window: known && known.endsAt > now ? known : fresh };
  });
  const outcomes = open.map(({ policy, window }) => ({
    policy,
    remaining: policy.limit - window.used,
    resetSeconds: Math.max(1, Math.ceil((window.endsAt - now) / 1_000)),
  }));
  const longestWait = outcomes
    .filter(({ remaining }) => remaining <= 0)
    .reduce<Omit<RateOutcome, "allowed"> | undefined>(
      (longest, one) => (longest && longest.resetSeconds >= one.resetSeconds ? longest : one),
      undefined,
    );
  if (longestWait) return { allowed: false, ...longestWait, remaining: 0 };
  for (const { name, window } of open) windows.set(name, { ...window, used: window.used + 1 });
  const tightest = outcomes.reduce((least, one) => (one.remaining < least.remaining ? one : least));
  return { allowed: true, ...tightest, remaining: tightest.remaining - 1 };
}
