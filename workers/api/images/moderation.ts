// What an operator does: block an image, mark it, suspend an account, give it a plan.
import { and, eq, ne, sql } from "drizzle-orm";
import type { AccountChange, Moderation } from "../../../schema/admin.ts";
import { ANONYMOUS_ACCOUNT } from "../../../schema/ids.ts";
import { accounts, images, outbox } from "../../../schema/tables.ts";
import { ApiError } from "../../shared/api-error.ts";
import type { Database } from "../database.ts";
import { type Finishing, finishWork } from "../upkeep/outbox.ts";
import type { ImageRow } from "./image-rows.ts";

/** Changes an image of any account. From the answer on src serves a blocked one to nobody; caches follow. */
export async function moderateImage(
  id: string,
  { status, nsfw }: Moderation,
  context: Finishing & { readonly now: number },
): Promise<ImageRow> {
  const { db, now } = context;
  const [[row]] = await db.batch([
    db
      .update(images)
      .set({
        nsfw: nsfw ?? sql`${images.nsfw}`,
        // Only what was blocked becomes ready: a failed image stays failed.
        status:
          status === "ready"
            ? sql`iif(${images.status} = 'blocked', 'ready', ${images.status})`
            : (status ?? sql`${images.status}`),
      })
      .where(eq(images.id, id))
      .returning(),
    db
      .insert(outbox)
      .select(sql`select id, 'purge', account_id, storage, ${now} from ${images} where id = ${id}`)
      .onConflictDoNothing(),
  ]);
  if (!row) throw new ApiError("not_found");
  const { accountId, storage } = row;
  await finishWork([{ imageId: id, kind: "purge", accountId, storage }], context);
  return row;
}

export type AccountRow = typeof accounts.$inferSelect;

/** The account that all share who have no key can't be changed. */
export async function changeAccount(db: Database, id: string, changes: AccountChange): Promise<AccountRow> {
  const isReal = and(eq(accounts.id, id), ne(accounts.id, ANONYMOUS_ACCOUNT));
  const { status = sql`${accounts.status}`, plan = sql`${accounts.plan}` } = changes;
  const [row] = await db.update(accounts).set({ status, plan }).where(isReal).returning();
  if (!row) throw new ApiError("not_found");
  return row;
}
