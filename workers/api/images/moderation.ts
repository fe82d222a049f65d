// What an operator does to an image: blocks it, or marks it.
import type { Moderation } from "../../../schema/admin.ts";
import { ApiError } from "../../shared/api-error.ts";
import { type Finishing, finishWork, type Purge } from "../upkeep/outbox.ts";
import { type ImageRow, moderateRow } from "./store/index.ts";

/** Changes an image of any account. From the answer on src serves a blocked one to nobody; caches follow. */
export async function moderateImage(
  id: string,
  moderation: Moderation,
  context: Finishing & { readonly now: number },
): Promise<{ readonly row: ImageRow; readonly purge: Purge }> {
  const row = await moderateRow(context.db, id, moderation, context.now);
  if (!row) throw new ApiError("not_found");
  const { accountId, storage } = row;
  const work = { imageId: id, kind: "purge", accountId, storage, dueAt: context.now } as const;
  return { row, purge: await finishWork([work], context, context.now) };
}
