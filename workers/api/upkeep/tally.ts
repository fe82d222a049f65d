// Counts all images on the sweeper's way: nobody who looks at the figures has to read every row.
import { eq } from "drizzle-orm";
import * as z from "zod";
import { tallies } from "../../../schema/tables.ts";
import type { Database } from "../database.ts";

const NAME = "images";

const tallySchema = z.object({
  images: z.number(),
  bytes: z.number(),
  /** Uploaded in the calendar month (UTC) of the count, and still here. */
  thisMonth: z.number(),
  failed: z.number(),
  blocked: z.number(),
});
export type Tally = z.infer<typeof tallySchema>;

const nothing: Tally = { images: 0, bytes: 0, thisMonth: 0, failed: 0, blocked: 0 };

/** What is counted of an image. */
export interface Counted {
  readonly bytes: number;
  readonly status: string;
  readonly createdAt: number;
}

/** Adds a page of the walk; at the walk's end the sum is what is told. */
export async function addToTally(
  db: Database,
  rows: readonly Counted[],
  { isEnd, now }: { readonly isEnd: boolean; readonly now: number },
): Promise<void> {
  const [row] = await db.select().from(tallies).where(eq(tallies.name, NAME));
  const sum = JSON.stringify(plus(row ? parse(row.counting) : nothing, rows, now));
  const set = isEnd ? { counting: JSON.stringify(nothing), counted: sum, countedAt: now } : { counting: sum };
  await db
    .insert(tallies)
    .values({ name: NAME, ...set })
    .onConflictDoUpdate({ target: tallies.name, set });
}

/** Of the last whole walk; undefined before its end. */
export async function readTally(db: Database): Promise<(Tally & { readonly countedAt: number }) | undefined> {
  const [row] = await db.select().from(tallies).where(eq(tallies.name, NAME));
  if (!row?.counted || row.countedAt === null) return undefined;
  return { ...parse(row.counted), countedAt: row.countedAt };
}

function plus(tally: Tally, rows: readonly Counted[], now: number): Tally {
  const date = new Date(now);
  const month = Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
  const sum = { ...tally };
  for (const { bytes, status, createdAt } of rows) {
    sum.images++;
    sum.bytes += bytes;
    if (createdAt >= month) sum.thisMonth++;
    if (status === "failed") sum.failed++;
    if (status === "blocked") sum.blocked++;
  }
  return sum;
}

const parse = (json: string): Tally => tallySchema.parse(JSON.parse(json));
