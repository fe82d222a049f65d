// What the alarm does with uploads that a crash left half-way: D1 knows whether they became images.
import * as z from "zod";
import { logError } from "../../shared/log.ts";
import { originalKey } from "../../shared/object-keys.ts";
import type { Database } from "../database.ts";
import { findStoredBytes } from "../images/store/index.ts";
import { abort } from "./parts.ts";
import { commit, pruneDepartures, release } from "./quota.ts";

interface Settlement {
  readonly sql: SqlStorage;
  readonly db: Database;
  readonly originals: R2Bucket;
  readonly now: number;
}

const dueSchema = z.object({
  image_id: z.string(),
  storage: z.string(),
});

/** At most this many in one run of the alarm: it must end within its time. */
const BATCH = 50;

/** How long one that could not be settled waits: it must not hold up the others. */
const RETRY_AFTER_MILLISECONDS = 5 * 60_000;

/** Commits or undoes every reservation whose time is over. */
export async function settleReservations(settlement: Settlement): Promise<void> {
  const { sql, now } = settlement;
  pruneDepartures(sql, now);
  const due = sql
    .exec("select image_id, storage from reservations where due_at <= ? limit ?", now, BATCH)
    .toArray()
    .map((row) => dueSchema.parse(row));
  for (const reservation of due) {
    try {
      await settle(reservation, settlement);
    } catch (error) {
      logError("a reservation could not be settled; the alarm comes back for it", error);
      const dueAt = now + RETRY_AFTER_MILLISECONDS;
      sql.exec("update reservations set due_at = ? where image_id = ?", dueAt, reservation.image_id);
    }
  }
}

async function settle(
  due: z.infer<typeof dueSchema>,
  { sql, db, originals, now }: Settlement,
): Promise<void> {
  const { image_id: imageId, storage } = due;
  const bytes = await findStoredBytes(db, imageId, storage);
  if (bytes !== undefined) return commit(sql, imageId, bytes, now);
  await abort({ sql, originals }, imageId);
  await originals.delete(originalKey(storage, imageId));
  release(sql, imageId);
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
