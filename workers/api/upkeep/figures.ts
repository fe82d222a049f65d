// The deployment in figures, for its operator: what is counted here is counted up to a bound.
import { sql } from "drizzle-orm";
import * as z from "zod";
import type { AnonymousPool } from "../../../schema/admin.ts";
import type { LedgerStub } from "../accounts/accounting.ts";
import { readPool } from "../accounts/anonymous-pool.ts";
import type { Database } from "../database.ts";
import { owedLooks } from "../images/store/index.ts";
import type { Settings } from "../settings.ts";
import { readTally, type Tally } from "./tally.ts";

/** Further nobody counts: the figure then says "more than". */
export const COUNTED_AT_MOST = 10_000;

export interface Figures {
  /** Each at most one more than is counted. */
  readonly accounts: number;
  readonly openReports: number;
  /** Deletions and purges whose time has come. */
  readonly outbox: number;
  readonly owedLooks: number;
  /** Of all images, when the sweeper came round last; undefined before its first round. */
  readonly images: (Tally & { readonly countedAt: number }) | undefined;
  readonly pool: AnonymousPool;
}

interface Asked {
  readonly db: Database;
  readonly settings: Settings;
  readonly ledgerNamed: (name: string) => Pick<LedgerStub, "usage" | "hourFigures">;
  readonly now: number;
}

const countSchema = z.tuple([z.object({ count: z.number() })]);

export async function readFigures({ db, settings, ledgerNamed, now }: Asked): Promise<Figures> {
  const first = COUNTED_AT_MOST + 1;
  const count = async (rows: ReturnType<typeof sql>) =>
    countSchema.parse(await db.all(sql`select count(*) as count from (${rows} limit ${first})`))[0].count;
  const [accounts, openReports, outbox, looks, images, pool] = await Promise.all([
    count(sql`select 1 from accounts where created_at >= 0 and id <> 'anonymous'`),
    count(sql`select 1 from reports where resolved_at is null and created_at >= 0`),
    count(sql`select 1 from outbox where due_at <= ${now}`),
    owedLooks(db, first),
    readTally(db),
    readPool({ settings, ledgerNamed, now }),
  ]);
  return { accounts, openReports, outbox, owedLooks: looks, images, pool };
}
