// What strangers said of images: bounded on its way in, read by the operator, and gone in time.
import { and, eq, inArray, isNull, lte, type SQL, sql } from "drizzle-orm";
import type { Resolution } from "../../../../schema/reports.ts";
import { images, reports } from "../../../../schema/tables.ts";
import { areAlive } from "../../../shared/alive.ts";
import type { Database } from "../../database.ts";

export type ReportRow = typeof reports.$inferSelect;
export type NewReport = Omit<ReportRow, "resolvedAt" | "resolution">;

/** More would tell the operator nothing new, and may be there to fill the database. */
export const MAX_OPEN_REPORTS = 100;
const DAY_MILLISECONDS = 86_400_000;
const RESOLVED_KEPT_MILLISECONDS = 90 * DAY_MILLISECONDS;
const OPEN_KEPT_MILLISECONDS = 365 * DAY_MILLISECONDS;

/**
 * Notes a report while the image is one that strangers may see. Nothing is written where the reporter has reported it before, nor where its open
 * reports are many already: who reports learns of neither.
 */
export async function insertReport(db: Database, report: NewReport): Promise<void> {
  const { id, imageId, reason, words, createdAt, email, reporterHash } = report;
  const open = sql`select count(*) from ${reports} where image_id = ${imageId} and resolved_at is null`;
  // In the order of the table's columns in code.
  const row = sql`select ${id}, ${imageId}, ${reason}, ${words}, ${createdAt}, ${email}, ${reporterHash}, null, null`;
  const isOpen = and(eq(images.id, imageId), areShownTo(createdAt), sql`(${open}) < ${MAX_OPEN_REPORTS}`);
  await db.insert(reports).select(sql`${row} from ${images} where ${isOpen}`).onConflictDoNothing();
}

function areShownTo(now: number): SQL | undefined {
  return and(eq(images.status, "ready"), eq(images.public, true), areAlive(now));
}

/** For a batch: what was open of these images is done. */
export function resolveReports(db: Database, imageId: string, resolution: Resolution, now: number) {
  return db
    .update(reports)
    .set({ resolvedAt: now, resolution })
    .where(and(eq(reports.imageId, imageId), isNull(reports.resolvedAt)));
}

/** For a batch with a deletion, before it: what was open of the images goes with them. */
export function deleteOpenReports(db: Database, condition: SQL | undefined) {
  const ids = sql`(select id from ${images} where ${condition})`;
  return db.delete(reports).where(and(inArray(reports.imageId, ids), isNull(reports.resolvedAt)));
}

/** Forgets what is done with since 90 days, and what nobody looked at in a year; at most so many of each. */
export async function deleteOldReports(db: Database, limit: number, now: number): Promise<void> {
  const done = lte(reports.resolvedAt, now - RESOLVED_KEPT_MILLISECONDS);
  const left = and(isNull(reports.resolvedAt), lte(reports.createdAt, now - OPEN_KEPT_MILLISECONDS));
  for (const old of [done, left]) {
    const ids = db.select({ id: reports.id }).from(reports).where(old).limit(limit);
    await db.delete(reports).where(inArray(reports.id, ids));
  }
}
