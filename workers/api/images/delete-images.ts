// The death of images: gone from D1 at once, with a note of what is left to do; then that is done.
import { failingAs } from "../failing-as.ts";
import { type Finishing, finishWork, type Purge } from "../upkeep/outbox.ts";
import { deleteExpired, deleteOwn } from "./store/index.ts";

/** When the cron looks at a deletion that its request did not finish. */
const RETRY_AFTER_MILLISECONDS = 60_000;
const BATCH = 100;

interface Deleting extends Finishing {
  readonly now: number;
}

/**
 * Deletes those of the images that belong to the account; at most 100. Ids of nothing and of others are passed over.
 * Once the rows are gone nothing is listed or served, and the deletion can't fail any more: only finish later.
 */
export async function deleteImages(
  ids: readonly string[],
  context: Deleting & { readonly accountId: string },
): Promise<Purge> {
  const { db, accountId, now } = context;
  const dueAt = now + RETRY_AFTER_MILLISECONDS;
  const gone = await failingAs("delete_failed", () => deleteOwn(db, ids, accountId, dueAt));
  return finishWork(gone, context, now);
}

/**
 * Deletes images whose time is over, at most so many batches of 100, and says how many. No cache has to be told: what it holds
 * ends with the image.
 */
export async function expireImages(batches: number, context: Deleting): Promise<number> {
  const { db, now } = context;
  const expired = { now, limit: BATCH, dueAt: now + RETRY_AFTER_MILLISECONDS };
  let count = 0;
  for (let batch = 0; batch < batches; batch++) {
    const gone = await failingAs("delete_failed", () => deleteExpired(db, expired));
    await finishWork(gone, context, now);
    count += gone.length;
    if (gone.length < BATCH) break;
  }
  return count;
}
