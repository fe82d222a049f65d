// Pages of an account's images. A page costs the same however deep it is and however many images there are.
import { getTableColumns, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { images } from "../../../../schema/tables.ts";
import type { Database } from "../../database.ts";
import { candidates, type ListQuery, type Position, wanted } from "./list-query.ts";
import type { ImageRow } from "./rows.ts";

export interface Page {
  readonly rows: readonly ImageRow[];
  /** Where the next page begins; undefined at the end. */
  readonly next: Position | undefined;
}

/**
 * How many images a page looks through. A filter that matches rarely may make a page shorter than asked for, or
 * empty, with more to come: that keeps the cost of every page bounded.
 */
export const SCANNED_A_PAGE = 5_000;

const positionsSchema = z.array(z.object({ id: z.string(), createdAt: z.number() }));

export async function listImages(db: Database, query: ListQuery, now: number): Promise<Page> {
  const rows = await pageQuery(db, query, now);
  if (rows.length > query.limit) {
    const page = rows.slice(0, query.limit);
    return { rows: page, next: page.at(-1) };
  }
  const [lastScanned] = positionsSchema.parse(await db.all(lastScannedQuery(query)));
  return { rows, next: lastScanned };
}

/** Candidates come in order and are joined one by one, so the page is in order without being sorted. */
export function pageQuery(db: Database, query: ListQuery, now: number) {
  return db
    .select(getTableColumns(images))
    .from(sql`(${candidates(query)} limit ${SCANNED_A_PAGE}) as candidates`)
    .innerJoin(images, sql`${images.id} = candidates.id`)
    .where(wanted(query, now))
    .limit(query.limit + 1);
}

/** The last candidate that a page looks at, if there are so many: the next page goes on behind it. */
export function lastScannedQuery(query: ListQuery): SQL {
  return sql`${candidates(query)} limit 1 offset ${SCANNED_A_PAGE - 1}`;
}
