// What does not fit into memory at its full size is made smaller, not refused: the largest size is found by halving.

/** Comes within a few pixels of the best side that there may be. */
const STEPS = 12;

/**
 * `at` is asked for shares of the full side, 0 (one pixel) to 1, and answers undefined where that does not fit.
 * Undefined when not even one pixel fits: then it is the source that is too large.
 */
export function largestFitting<Fitting>(at: (share: number) => Fitting | undefined): Fitting | undefined {
  const full = at(1);
  if (full) return full;
  let best = at(0);
  if (!best) return undefined;
  let fits = 0;
  let fails = 1;
  for (let step = 0; step < STEPS; step++) {
    const middle = (fits + fails) / 2;
    const found = at(middle);
    if (found) {
      best = found;
      fits = middle;
    } else fails = middle;
  }
  return best;
}
