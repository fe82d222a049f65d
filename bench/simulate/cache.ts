// What a cache lets through of one address that is asked for at random times.

/**
 * Misses a day. An entry goes when nobody has asked for it for `idleDays` (Che, Tung and Wang, 2002: what an LRU cache comes to), and at the latest
 * `ttlDays` after it was filled; the larger of both rates stands for the two together. `playedMissRate` holds it to that.
 */
export function missRate(rate: number, idleDays: number, ttlDays: number): number {
  return Math.max(rate * Math.exp(-rate * idleDays), rate / (1 + rate * ttlDays));
}

/** The same, request by request. */
export function playedMissRate(
  rate: number,
  idleDays: number,
  ttlDays: number,
  days: number,
  random: () => number,
): number {
  let misses = 0;
  let [filledAt, usedAt] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let now = 0; now < days; ) {
    now -= Math.log(1 - random()) / rate;
    if (now - usedAt > idleDays || now - filledAt > ttlDays) {
      misses++;
      filledAt = now;
    }
    usedAt = now;
  }
  return misses / days;
}
