// Several images by their ids, in one query.
import { and, gt, inArray, isNull, or } from "drizzle-orm";
import { images } from "../../../schema/tables.ts";
import type { Database } from "../database.ts";
import { areOwn, type ImageRow } from "./image-rows.ts";

/** Those of the images that belong to the account and can be shown; the others are left out silently. */
export async function findImages(
  db: Database,
  ids: readonly string[],
  accountId: string,
  now: number,
  order: "asc" | "desc",
): Promise<readonly ImageRow[]> {
  const rows = await db
    .select()
    .from(images)
    .where(
      and(
        areOwn(ids, accountId),
        inArray(images.status, ["ready", "processing"]),
        or(isNull(images.expiresAt), gt(images.expiresAt, now)),
      ),
    );
  const oldestFirst = rows.toSorted(
    (one, other) => one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1),
  );
  return order === "asc" ? oldestFirst : oldestFirst.toReversed();
}
