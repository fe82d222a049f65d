// Whether an image's time is over, in code and in SQL, side by side: an expired image is gone at once, whether or not the cron has come by.
//
// One moment belongs to one side only: an image that ends at 12:00:00.000 is over at 12:00:00.000.
import { gt, isNull, lte, or, type SQL } from "drizzle-orm";
import { images } from "../../schema/tables.ts";

/** Unix milliseconds; null = never. */
export function isAlive({ expiresAt }: { readonly expiresAt: number | null }, now: number): boolean {
  return expiresAt === null || expiresAt > now;
}

/** The same of rows of the images table. */
export function areAlive(now: number): SQL | undefined {
  return or(isNull(images.expiresAt), gt(images.expiresAt, now));
}

/** The others, as a range of the index over expiry. */
export function areOver(now: number): SQL {
  return lte(images.expiresAt, now);
}
