// What callers without a key may store in an hour, all together and those of one network: the last hour, whenever it is asked.
import * as z from "zod";

export const HOUR_MILLISECONDS = 3_600_000;

export interface HourLimits {
  readonly uploads: number;
  readonly bytes: number;
}

export interface HourPolicy {
  readonly all: HourLimits;
  readonly network: HourLimits;
}

export interface Spending {
  readonly imageId: string;
  /** The part of the internet that the caller is in: `192.0.2.0/24`. */
  readonly network: string;
  readonly bytes: number;
}

export type HourOutcome =
  | { readonly outcome: "taken" }
  | { readonly outcome: "spent"; readonly whose: keyof HourPolicy; readonly retryAfterSeconds: number };

export interface HourFigures {
  readonly uploads: number;
  readonly bytes: number;
  /** Those that stored most, the greatest first. */
  readonly networks: readonly {
    readonly network: string;
    readonly uploads: number;
    readonly bytes: number;
  }[];
}

const sumsSchema = z.object({ uploads: z.number(), bytes: z.number() });
const entrySchema = z.object({ bytes: z.number(), at: z.number() });
const networkSchema = z.object({ network: z.string(), uploads: z.number(), bytes: z.number() });
const TOLD_NETWORKS = 20;

/** Counts one upload, or says what it would go over. Safe to repeat: the same image counts once, with its last size. */
export function takeHour(sql: SqlStorage, spending: Spending, policy: HourPolicy, now: number): HourOutcome {
  const { imageId, network, bytes } = spending;
  pruneHour(sql, now);
  for (const whose of ["network", "all"] as const) {
    const excess = excessOf(sql, spending, whose, policy[whose]);
    if (excess.uploads <= 0 && excess.bytes <= 0) continue;
    const freeAt = timeOfRoom(sql, spending, whose, excess) ?? now + HOUR_MILLISECONDS;
    return { outcome: "spent", whose, retryAfterSeconds: Math.max(1, Math.ceil((freeAt - now) / 1_000)) };
  }
  sql.exec(
    `insert into spendings (image_id, network, bytes, at) values (?, ?, ?, ?)
     on conflict (image_id) do update set bytes = excluded.bytes, at = excluded.at`,
    ...[imageId, network, bytes, now],
  );
  return { outcome: "taken" };
}

/** The other uploads that count together with this one. */
function othersOf({ imageId, network }: Spending, whose: keyof HourPolicy) {
  return whose === "all"
    ? { where: "image_id <> ?", bindings: [imageId] }
    : { where: "image_id <> ? and network = ?", bindings: [imageId, network] };
}

/** By how much the upload would go over a limit; nothing or less = it fits. */
function excessOf(
  sql: SqlStorage,
  spending: Spending,
  whose: keyof HourPolicy,
  limits: HourLimits,
): HourLimits {
  const { where, bindings } = othersOf(spending, whose);
  const sums = `select count(*) as uploads, coalesce(sum(bytes), 0) as bytes from spendings where ${where}`;
  const others = sumsSchema.parse(sql.exec(sums, ...bindings).one());
  return {
    uploads: others.uploads + 1 - limits.uploads,
    bytes: others.bytes + spending.bytes - limits.bytes,
  };
}

/** When enough of the others are an hour old; undefined where the upload alone is too much. */
function timeOfRoom(sql: SqlStorage, spending: Spending, whose: keyof HourPolicy, excess: HourLimits) {
  const { where, bindings } = othersOf(spending, whose);
  let { uploads, bytes } = excess;
  for (const row of sql.exec(`select bytes, at from spendings where ${where} order by at`, ...bindings)) {
    const entry = entrySchema.parse(row);
    uploads--;
    bytes -= entry.bytes;
    if (uploads <= 0 && bytes <= 0) return entry.at + HOUR_MILLISECONDS;
  }
  return undefined;
}

/** Gives back what an upload took that came to nothing. Safe to repeat. */
export function giveHourBack(sql: SqlStorage, imageId: string): void {
  sql.exec("delete from spendings where image_id = ?", imageId);
}

export function readHour(sql: SqlStorage, now: number): HourFigures {
  pruneHour(sql, now);
  const sums = sql.exec("select count(*) as uploads, coalesce(sum(bytes), 0) as bytes from spendings").one();
  const networks = sql.exec(
    `select network, count(*) as uploads, sum(bytes) as bytes from spendings
     group by network order by sum(bytes) desc, network limit ?`,
    TOLD_NETWORKS,
  );
  return { ...sumsSchema.parse(sums), networks: networks.toArray().map((row) => networkSchema.parse(row)) };
}

/** Forgets what is older than an hour, and with it who it came from. */
export function pruneHour(sql: SqlStorage, now: number): void {
  sql.exec("delete from spendings where at <= ?", now - HOUR_MILLISECONDS);
}

/** When the newest entry is to be forgotten; undefined when there is none. */
export function hourEnd(sql: SqlStorage): number | undefined {
  const { at } = sql.exec("select max(at) as at from spendings").one();
  return typeof at === "number" ? at + HOUR_MILLISECONDS : undefined;
}
