// The death of images: gone from D1 in one transaction that also writes down what is left to do, then that is done.
import { and, eq, inArray, sql } from "drizzle-orm";
import { images, outbox } from "../../../schema/tables.ts";
import { failingAs } from "../failing-as.ts";
import { type Finishing, finishWork, type Work } from "./outbox.ts";

/** When the cron looks at a deletion that its request did not finish. */
const RETRY_AFTER_MILLISECONDS = 60_000;

interface DeleteImages extends Finishing {
  readonly accountId: string;
  readonly now: number;
}

/**
 * Deletes those of the images that belong to the account; at most 100. Ids of nothing and of others are passed over.
 * Once the rows are gone nothing is listed or served, and the deletion can't fail any more: only finish later.
 */
export async function deleteImages(ids: readonly string[], context: DeleteImages): Promise<void> {
  const { db, accountId, now } = context;
  const own = and(
    eq(images.accountId, accountId),
    inArray(images.id, sql`(select value from json_each(${JSON.stringify(ids)}))`),
  );
  const leftToDo = sql`select id, 'delete', account_id, storage, ${now + RETRY_AFTER_MILLISECONDS}
    from ${images} where ${own}`;
  const [, gone] = await failingAs("delete_failed", () =>
    db.batch([
      db.insert(outbox).select(leftToDo).onConflictDoNothing(),
      db.delete(images).where(own).returning({ imageId: images.id, storage: images.storage }),
    ]),
  );
  const work: Work[] = gone.map((image) => ({ ...image, kind: "delete", accountId }));
  if (work.length > 0) await finishWork(work, context);
}
