// Reports as the operator reads them: the newest first, an image once. A page costs the same however many there are.
import { and, desc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import * as z from "zod";
import { reports } from "../../../../schema/tables.ts";
import type { Database } from "../../database.ts";
import type { Position } from "./list-query.ts";
import { MAX_OPEN_REPORTS, type ReportRow } from "./reports.ts";

const reportedSchema = z.array(z.object({ id: z.string(), imageId: z.string(), createdAt: z.number() }));
const RESOLVED_SHOWN = 100;

/** Images with open reports, each where its newest one stands, behind `before`. */
export async function listReported(db: Database, before: Position | undefined, limit: number) {
  const { createdAt, id } = before ?? { createdAt: Number.MAX_SAFE_INTEGER, id: "" };
  const rows = await db.all(sql`
    select id, image_id as "imageId", created_at as "createdAt" from reports as newest
    where resolved_at is null and (created_at, id) < (${createdAt}, ${id}) and not exists (
      select 1 from reports as later where later.image_id = newest.image_id and later.resolved_at is null
      and (later.created_at, later.id) > (newest.created_at, newest.id))
    order by created_at desc, id desc limit ${limit + 1}`);
  const found = reportedSchema.parse(rows);
  const page = found.slice(0, limit);
  return { page, next: found.length > limit ? page.at(-1) : undefined };
}

/** The open reports of each of the images, the newest first. */
export async function openReports(
  db: Database,
  imageIds: readonly string[],
): Promise<readonly (readonly ReportRow[])[]> {
  const asked = imageIds.map((imageId) =>
    db
      .select()
      .from(reports)
      .where(and(eq(reports.imageId, imageId), isNull(reports.resolvedAt)))
      .orderBy(desc(reports.createdAt), desc(reports.id))
      .limit(MAX_OPEN_REPORTS),
  );
  const [first, ...others] = asked;
  return first ? db.batch([first, ...others]) : [];
}

/** What the operator has answered of late, the newest first. */
export async function answeredReports(db: Database, imageId: string): Promise<readonly ReportRow[]> {
  const rows = await db
    .select()
    .from(reports)
    .where(and(eq(reports.imageId, imageId), isNotNull(reports.resolvedAt)))
    .limit(RESOLVED_SHOWN);
  return rows.toSorted((one, other) => (other.resolvedAt ?? 0) - (one.resolvedAt ?? 0));
}
