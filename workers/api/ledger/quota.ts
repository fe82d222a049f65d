// The arithmetic of quotas: reserve before the bytes are stored, commit after the row exists, release on failure.
import * as z from "zod";

/** The two limits that a ledger holds callers to; null = no limit. */
export interface QuotaLimits {
  readonly uploadsPerMonth: number | null;
  readonly storageBytes: number | null;
}

export interface Reservation {
  readonly imageId: string;
  readonly storage: string;
  /** The exact size where it is known, else what has arrived so far. */
  readonly bytes: number;
  /** Whether this upload has reserved before and now tells its exact size. */
  readonly isReserved: boolean;
}

/** What counts at one moment. A reservation counts like a finished upload against the limits, but is not told as used. */
export interface LedgerUsage {
  readonly uploads: number;
  readonly images: number;
  readonly bytes: number;
}

export type ReserveOutcome =
  | { readonly outcome: "reserved" }
  /** This id is already in use in the account: draw another. */
  | { readonly outcome: "taken" }
  | { readonly outcome: "full"; readonly limit: "uploads" | "storage"; readonly usage: LedgerUsage };

/** How long an upload may go without a sign of life before the alarm asks what became of it. */
export const RESERVATION_MILLISECONDS = 30 * 60_000;

const countSchema = z.object({ count: z.number() });
const endedSchema = z.object({ month: z.string(), due_at: z.number() });
const sumsSchema = z.object({ images: z.number(), bytes: z.number() });

/** The UTC calendar month of a moment: `2026-05`. */
export function monthOf(now: number): string {
  return new Date(now).toISOString().slice(0, 7);
}

export function readUsage(sql: SqlStorage, now: number): LedgerUsage {
  const totals = sumsSchema.parse(sql.exec("select images, bytes from totals").one());
  return { uploads: committedUploads(sql, monthOf(now)), ...totals };
}

/** Uploads of a UTC calendar month. */
export interface MonthOfUploads {
  /** `2026-05` */
  readonly month: string;
  readonly uploads: number;
}

const monthSchema = z.object({ month: z.string(), used: z.number() });

/** The last so many months, the oldest first, this one included; those without uploads, too. */
export function readMonths(sql: SqlStorage, months: number, now: number): MonthOfUploads[] {
  const date = new Date(now);
  const names = Array.from({ length: months }, (_, at) =>
    monthOf(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - (months - 1 - at))),
  );
  const rows = sql.exec("select month, used from uploads where month >= ?", names[0] ?? "").toArray();
  const used = new Map(rows.map((row) => monthSchema.parse(row)).map((row) => [row.month, row.used]));
  return names.map((month) => ({ month, uploads: used.get(month) ?? 0 }));
}

/** Takes room for one upload, or says which limit stands in the way. Runs without an await: no two can interleave. */
export function reserve(
  sql: SqlStorage,
  reservation: Reservation,
  limits: QuotaLimits,
  now: number,
): ReserveOutcome {
  const { imageId, storage, bytes, isReserved } = reservation;
  if (!isReserved && isTaken(sql, imageId)) return { outcome: "taken" };
  const month = monthOf(now);
  const usage = readUsage(sql, now);
  const pending = pendingBut(sql, imageId, month);
  if (limits.uploadsPerMonth !== null && usage.uploads + pending.uploads + 1 > limits.uploadsPerMonth) {
    return { outcome: "full", limit: "uploads", usage };
  }
  if (limits.storageBytes !== null && usage.bytes + pending.bytes + bytes > limits.storageBytes) {
    return { outcome: "full", limit: "storage", usage };
  }
  sql.exec(
    `insert into reservations (image_id, storage, bytes, month, due_at) values (?, ?, ?, ?, ?)
     on conflict (image_id) do update set bytes = excluded.bytes, due_at = excluded.due_at`,
    imageId,
    storage,
    bytes,
    month,
    now + RESERVATION_MILLISECONDS,
  );
  return { outcome: "reserved" };
}

/** Counts a stored image. Safe to repeat, and safe after its reservation is gone: the row in D1 is the truth. */
export function commit(sql: SqlStorage, imageId: string, bytes: number, now: number): void {
  if (sql.exec("select 1 from departures where image_id = ?", imageId).toArray().length > 0) return;
  const month = endReservation(sql, imageId)?.month ?? monthOf(now);
  const added = sql
    .exec(
      "insert or ignore into holdings (image_id, bytes, month) values (?, ?, ?) returning 1",
      imageId,
      bytes,
      month,
    )
    .toArray();
  if (added.length === 0) return;
  sql.exec("update totals set images = images + 1, bytes = bytes + ?", bytes);
  countUpload(sql, month);
}

/** An image that counts since `at`, Unix milliseconds. */
export interface Holding {
  readonly imageId: string;
  readonly bytes: number;
  readonly at: number;
}

const holdingSchema = z.object({ image_id: z.string(), bytes: z.number() });

/** What these images count; those that don't are left out. */
export function counted(sql: SqlStorage, ids: readonly string[]): Readonly<Record<string, number>> {
  const rows = sql.exec(
    "select image_id, bytes from holdings where image_id in (select value from json_each(?))",
    JSON.stringify(ids),
  );
  return Object.fromEntries(
    rows
      .toArray()
      .map((row) => holdingSchema.parse(row))
      .map((row) => [row.image_id, row.bytes]),
  );
}

/** Ids that count, behind this one. */
export function countedAfter(sql: SqlStorage, id: string, limit: number): readonly string[] {
  const rows = sql.exec(
    "select image_id, bytes from holdings where image_id > ? order by image_id limit ?",
    id,
    limit,
  );
  return rows.toArray().map((row) => holdingSchema.parse(row).image_id);
}

/** Counts other bytes for an image that counts. */
export function correct(sql: SqlStorage, imageId: string, bytes: number): void {
  const [was] = sql.exec("select image_id, bytes from holdings where image_id = ?", imageId).toArray();
  if (!was) return;
  sql.exec("update holdings set bytes = ? where image_id = ?", bytes, imageId);
  sql.exec("update totals set bytes = bytes + ?", bytes - holdingSchema.parse(was).bytes);
}

/** Gives a reservation back. Safe to repeat. */
export function release(sql: SqlStorage, imageId: string): void {
  endReservation(sql, imageId);
}

/** Frees the storage of a deleted image, not its upload. Safe to repeat. */
export function remove(sql: SqlStorage, imageId: string): void {
  const reservation = endReservation(sql, imageId);
  if (reservation) {
    // Seen in a list and deleted before its upload could commit.
    countUpload(sql, reservation.month);
    sql.exec(
      "insert or ignore into departures (image_id, forget_at) values (?, ?)",
      imageId,
      reservation.due_at,
    );
  }
  const held = "delete from holdings where image_id = ? returning bytes";
  for (const { bytes } of sql.exec<{ bytes: number }>(held, imageId).toArray())
    sql.exec("update totals set images = images - 1, bytes = bytes - ?", bytes);
}

/** Undoes an upload whatever it had reached: its upload is given back too. Safe to repeat. */
export function cancel(sql: SqlStorage, imageId: string): void {
  sql.exec(
    "update uploads set used = used - 1 where month = (select month from holdings where image_id = ?)",
    imageId,
  );
  release(sql, imageId);
  remove(sql, imageId);
}

/** Forgets deletions whose uploads have long ended. */
export function pruneDepartures(sql: SqlStorage, now: number): void {
  sql.exec("delete from departures where forget_at <= ?", now);
}

function endReservation(sql: SqlStorage, imageId: string) {
  const ended = sql.exec("delete from reservations where image_id = ? returning month, due_at", imageId);
  const [row] = ended.toArray();
  return row && endedSchema.parse(row);
}

function countUpload(sql: SqlStorage, month: string): void {
  sql.exec(
    "insert into uploads (month, used) values (?, 1) on conflict (month) do update set used = used + 1",
    month,
  );
}

function isTaken(sql: SqlStorage, imageId: string): boolean {
  const ids = "select image_id from holdings union all select image_id from reservations";
  return sql.exec(`select 1 from (${ids}) where image_id = ?`, imageId).toArray().length > 0;
}

function committedUploads(sql: SqlStorage, month: string): number {
  const rows = sql.exec("select used as count from uploads where month = ?", month).toArray();
  return rows[0] === undefined ? 0 : countSchema.parse(rows[0]).count;
}

/** What other uploads under way have reserved. */
function pendingBut(sql: SqlStorage, imageId: string, month: string) {
  const bytes = sql
    .exec("select coalesce(sum(bytes), 0) as count from reservations where image_id <> ?", imageId)
    .one();
  const uploads = sql
    .exec("select count(*) as count from reservations where image_id <> ? and month = ?", imageId, month)
    .one();
  return { bytes: countSchema.parse(bytes).count, uploads: countSchema.parse(uploads).count };
}
