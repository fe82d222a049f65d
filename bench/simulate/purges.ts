// A day of deletions against Cloudflare's ration of purges, second by second: the API tries at once, the cron each minute, and once more three
// minutes later. The calls are those of the Worker (workers/src/edge/tags.ts).
import { newImageId } from "../../schema/ids.ts";
import { purgeCalls } from "../../workers/src/edge/tags.ts";
import { PEAK } from "./settings.ts";

const DAY_SECONDS = 86_400;
const BURST = 25;
const CALLS_A_SECOND = 5 / 60;
/** workers/api/upkeep: the cron's batch, the second purge, and when what failed is tried again. */
const BATCH = 5_000;
const AGAIN_SECONDS = 180;
const RETRY_SECONDS = 60;
const WAITING_SECONDS = 5;

interface Work {
  readonly id: string;
  readonly kind: "purge" | "purge-again";
  readonly deletedAt: number;
  dueAt: number;
}

export interface Purges {
  readonly deletions: number;
  /** Answers that said `Purge: done`. */
  readonly doneAtOnce: number;
  readonly medianWaitSeconds: number;
  readonly longestWaitSeconds: number;
  readonly longestQueue: number;
  readonly leftAtMidnight: number;
  readonly bucketPurges: number;
}

/** `isPatient`: the API leaves calls to the cron while others have been waiting. */
export function dayOfPurges(deletionsPerDay: number, isPatient: boolean, random: () => number): Purges {
  let calls = BURST;
  let queue: Work[] = [];
  let [deletions, doneAtOnce, longestQueue, bucketPurges] = [0, 0, 0, 0];
  const waits: number[] = [];

  /** As `purgeImages` does it: one call after another, until one is refused. */
  const purge = (ids: readonly string[]): boolean => {
    const wanted = purgeCalls(ids);
    if (wanted[0]?.[0]?.startsWith("bucket-")) bucketPurges++;
    for (const _ of wanted) {
      if (calls < 1) return false;
      calls--;
    }
    return true;
  };
  const finish = (work: readonly Work[], now: number) => {
    const done = new Set(work);
    queue = queue.filter((one) => !done.has(one));
    for (const one of work.filter(({ kind }) => kind === "purge")) {
      waits.push(now - one.deletedAt);
      queue.push({ ...one, kind: "purge-again", dueAt: now + AGAIN_SECONDS });
    }
  };

  for (let now = 0; now < DAY_SECONDS; now++) {
    calls = Math.min(BURST, calls + CALLS_A_SECOND);
    const swing = 1 - (PEAK - 1) * Math.cos((now / DAY_SECONDS) * 2 * Math.PI);
    for (let arriving = poisson((deletionsPerDay / DAY_SECONDS) * swing, random); arriving > 0; arriving--) {
      deletions++;
      const work: Work = { id: newImageId(), kind: "purge", deletedAt: now, dueAt: now + RETRY_SECONDS };
      const othersWait =
        isPatient && queue.some(({ kind, dueAt }) => kind === "purge" && dueAt < now - WAITING_SECONDS);
      if (!othersWait && purge([work.id])) {
        doneAtOnce++;
        finish([work], now);
      } else queue.push(work);
    }
    if (now % 60 === 0) {
      longestQueue = Math.max(longestQueue, queue.filter(({ kind }) => kind === "purge").length);
      const due = queue
        .filter(({ dueAt }) => dueAt <= now)
        .toSorted((one, other) => one.dueAt - other.dueAt)
        .slice(0, BATCH);
      for (const one of due) one.dueAt = now + RETRY_SECONDS;
      if (due.length > 0 && purge([...new Set(due.map(({ id }) => id))])) finish(due, now);
    }
  }
  const sorted = waits.toSorted((one, other) => one - other);
  return {
    deletions,
    doneAtOnce,
    medianWaitSeconds: sorted[Math.floor(sorted.length / 2)] ?? 0,
    longestWaitSeconds: sorted.at(-1) ?? 0,
    longestQueue,
    leftAtMidnight: queue.filter(({ kind }) => kind === "purge").length,
    bucketPurges,
  };
}

/** Knuth's way: fine for few. */
function poisson(mean: number, random: () => number): number {
  const least = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > least; product *= random()) count++;
  return count;
}
