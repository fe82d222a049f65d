// Who is next: the shortest first, within a bound of fairness. Pure, so that its order can be told from a table.

/** What a job will take, from its plan. */
export interface Cost {
  /** Not what is expected of it: what it may grow to before it is stopped. */
  readonly mostBytes: number;
  /** Milliseconds of processor time. */
  readonly cpuMs: number;
}

export interface Waiter extends Cost {
  /** Unix milliseconds. */
  readonly arrivedAt: number;
}

export interface Runner extends Cost {
  /** Unix milliseconds. */
  readonly startedAt: number;
}

/** Who holds the turn for much longer than his work takes is waiting for a slow reader or a slow bucket, and others go on. */
const MOST_HOLD_FACTOR = 3;
const LEAST_HOLD_MS = 2_000;

/** A job under this is over before anyone has noticed: it may run beside a heavy one. */
const LIGHT_MS = 25;
const LIGHTS_AT_ONCE = 4;

/** A job may be passed by whoever comes within so many times its own length … */
const PATIENCE = 8;
/** … and within this, however long it is: then nobody passes it any more. */
const MOST_PATIENCE_MS = 4_000;

/** When a job's patience ends. The earliest is the next: of two that came together the shorter one, and in the end the older one. */
export function turnOf({ arrivedAt, cpuMs }: Waiter): number {
  return arrivedAt + Math.min(PATIENCE * cpuMs, MOST_PATIENCE_MS);
}

/**
 * The waiter that may start now, if any: one heavy job at a time, since two that take turns both end late, and a few light ones
 * beside it. What doesn't fit into the memory that is left lets others pass, until its patience has ended.
 */
export function nextOf<Ticket extends Waiter>(
  waiting: readonly Ticket[],
  running: readonly Runner[],
  roomBytes: number,
  now: number,
): Ticket | undefined {
  const usedBytes = running.reduce((sum, { mostBytes }) => sum + mostBytes, 0);
  const lights = running.filter(isLight).length;
  const isHeavyFree = !running.some((runner) => !isLight(runner) && holdsTurn(runner, now));
  for (const ticket of waiting.toSorted((one, other) => turnOf(one) - turnOf(other))) {
    const fits = running.length === 0 || usedBytes + ticket.mostBytes <= roomBytes;
    const isFree = isLight(ticket) ? lights < LIGHTS_AT_ONCE : isHeavyFree;
    if (fits && isFree) return ticket;
    if (!fits && now >= turnOf(ticket)) return undefined;
  }
  return undefined;
}

const holdsTurn = ({ cpuMs, startedAt }: Runner, now: number) =>
  now - startedAt < LEAST_HOLD_MS + MOST_HOLD_FACTOR * cpuMs;

const isLight = ({ cpuMs }: Cost) => cpuMs <= LIGHT_MS;
