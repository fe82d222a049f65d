// Which image a stranger may look at on its page.
import { and, eq, gt, isNull, or } from "drizzle-orm";
import { images } from "../../../schema/tables.ts";
import type { Database } from "../database.ts";
import type { ImageRow } from "./image-rows.ts";

/** The row of a ready, public, unexpired image; everything else looks as if it never was. `now` in Unix milliseconds. */
export async function findViewableImage(
  database: Database,
  id: string,
  now: number,
): Promise<ImageRow | undefined> {
  return database
    .select()
    .from(images)
    .where(
      and(
        eq(images.id, id),
        eq(images.status, "ready"),
        eq(images.public, true),
        or(isNull(images.expiresAt), gt(images.expiresAt, now)),
      ),
    )
    .get();
}
