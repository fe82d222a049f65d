// What the alarm does with uploads that a crash left half-way: D1 knows whether they became images.
import { z } from "zod";
import { originalKey } from "../../shared/object-keys.ts";
import { abortUpload } from "../abort-upload.ts";
import { commit, pruneDepartures, release } from "./quota.ts";

interface Settlement {
  readonly sql: SqlStorage;
  readonly db: D1Database;
  readonly originals: R2Bucket;
  readonly now: number;
}

const dueSchema = z.object({
  image_id: z.string(),
  storage: z.string(),
  upload_id: z.string().nullable(),
});
const rowSchema = z.object({ bytes: z.number() });

/** At most this many in one run of the alarm: it must end within its time. */
const BATCH = 50;

/** Commits or undoes every reservation whose time is over. */
export async function settleReservations({ sql, db, originals, now }: Settlement): Promise<void> {
  pruneDepartures(sql, now);
  const due = sql
    .exec("select image_id, storage, upload_id from reservations where due_at <= ? limit ?", now, BATCH)
    .toArray()
    .map((row) => dueSchema.parse(row));
  for (const { image_id: imageId, storage, upload_id: uploadId } of due) {
    const row = await db
      .prepare("select bytes from images where id = ? and storage = ?")
      .bind(imageId, storage)
      .first();
    if (row) {
      commit(sql, imageId, rowSchema.parse(row).bytes, now);
      continue;
    }
    const key = originalKey(storage, imageId);
    if (uploadId) await abortUpload(originals.resumeMultipartUpload(key, uploadId));
    await originals.delete(key);
    release(sql, imageId);
  }
}

/** When the alarm has to look again; undefined when nothing is under way. */
export function nextSettlement(sql: SqlStorage): number | undefined {
  const { at } = z.object({ at: z.number().nullable() }).parse(
    sql
      .exec(`select min(at) as at from (
      select due_at as at from reservations union all select forget_at from departures)`)
      .one(),
  );
  return at ?? undefined;
}
