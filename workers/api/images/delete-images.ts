// The death of images: gone from D1 in one transaction that also writes down what is left to do, then that is done.
import { inArray, lte, type SQL, sql } from "drizzle-orm";
import { images, outbox } from "../../../schema/tables.ts";
import { failingAs } from "../failing-as.ts";
import { type Finishing, finishWork } from "../upkeep/outbox.ts";
import { areOwn } from "./image-rows.ts";

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
): Promise<void> {
  await deleteWhere(areOwn(ids, context.accountId), context);
}

/** Deletes images whose time is over, at most so many batches of 100, and says how many. */
export async function expireImages(batches: number, context: Deleting): Promise<number> {
  let count = 0;
  for (let batch = 0; batch < batches; batch++) {
    const isOver = lte(images.expiresAt, context.now);
    const due = sql`(select id from ${images} where ${isOver} order by expires_at limit ${BATCH})`;
    const deleted = await deleteWhere(inArray(images.id, due), context);
    count += deleted;
    if (deleted < BATCH) break;
  }
  return count;
}

async function deleteWhere(condition: SQL | undefined, context: Deleting): Promise<number> {
  const dueAt = context.now + RETRY_AFTER_MILLISECONDS;
  const leftToDo = sql`select id, 'delete', account_id, storage, ${dueAt} from ${images} where ${condition}`;
  const [, gone] = await failingAs("delete_failed", () =>
    context.db.batch([
      context.db.insert(outbox).select(leftToDo).onConflictDoNothing(),
      context.db
        .delete(images)
        .where(condition)
        .returning({ imageId: images.id, accountId: images.accountId, storage: images.storage }),
    ]),
  );
  const work = gone.map((image) => ({ ...image, kind: "delete" as const }));
  if (work.length > 0) await finishWork(work, context);
  return work.length;
}
