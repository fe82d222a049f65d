// Accounts as the operator looks for them. A page costs the same however many there are.
import { and, eq, getTableColumns, ne, or, type SQL, sql } from "drizzle-orm";
import { ANONYMOUS_ACCOUNT } from "../../../schema/ids.ts";
import { accounts } from "../../../schema/tables.ts";
import type { Database } from "../database.ts";
import type { AccountRow } from "./change-account.ts";

/** How many accounts a page of a search looks through. */
const SCANNED_A_PAGE = 5_000;

export interface AccountPosition {
  readonly createdAt: number;
  readonly id: string;
}

interface Found {
  readonly rows: readonly AccountRow[];
  /** Where the next page begins; undefined at the end. */
  readonly next: AccountPosition | undefined;
}

interface Search {
  /** An id, an e-mail address, the storage of image URLs, or a part of a name or address. Empty = all. */
  readonly words: string;
  readonly before: AccountPosition | undefined;
  readonly limit: number;
}

/** The newest first; whom the words name exactly stands alone. The account that all share who have no key is left out. */
export async function findAccounts(db: Database, { words, before, limit }: Search): Promise<Found> {
  const wanted = words.trim().toLowerCase();
  if (wanted === "") return pageOf(await scan(db, sql`true`, before, limit), limit, undefined);
  const named = before ? [] : await exactly(db, wanted);
  if (named.length > 0) return { rows: named, next: undefined };
  const matches = sql`(instr(lower(${accounts.name}), ${wanted}) > 0 or instr(coalesce(${accounts.email}, ''), ${wanted}) > 0)`;
  const rows = await scan(db, matches, before, limit);
  return pageOf(rows, limit, rows.length > limit ? undefined : await lastScanned(db, before));
}

function pageOf(rows: readonly AccountRow[], limit: number, scannedTo: AccountPosition | undefined): Found {
  const page = rows.slice(0, limit);
  return { rows: page, next: rows.length > limit ? page.at(-1) : scannedTo };
}

/** Any account by its id; undefined where there is none. */
export async function findAccount(db: Database, id: string): Promise<AccountRow | undefined> {
  const isReal = and(eq(accounts.id, id), ne(accounts.id, ANONYMOUS_ACCOUNT));
  return db.select().from(accounts).where(isReal).get();
}

async function exactly(db: Database, words: string): Promise<readonly AccountRow[]> {
  const isNamed = or(eq(accounts.id, words), eq(accounts.storage, words), eq(accounts.email, words));
  const rows = await db.select().from(accounts).where(isNamed).limit(3);
  return rows.filter(({ id }) => id !== ANONYMOUS_ACCOUNT);
}

const behind = ({ createdAt, id }: AccountPosition = { createdAt: Number.MAX_SAFE_INTEGER, id: "" }) =>
  sql`select id, created_at from accounts where (created_at, id) < (${createdAt}, ${id}) order by created_at desc, id desc`;

/** Candidates come in order and are joined one by one, so the page is in order without being sorted. */
function scan(db: Database, matches: SQL, before: AccountPosition | undefined, limit: number) {
  return db
    .select(getTableColumns(accounts))
    .from(sql`(${behind(before)} limit ${SCANNED_A_PAGE}) as candidates`)
    .innerJoin(accounts, sql`${accounts.id} = candidates.id`)
    .where(and(ne(accounts.id, ANONYMOUS_ACCOUNT), matches))
    .limit(limit + 1);
}

async function lastScanned(db: Database, before: AccountPosition | undefined) {
  const rows = await db.all<{ id: string; created_at: number }>(
    sql`${behind(before)} limit 1 offset ${SCANNED_A_PAGE - 1}`,
  );
  const [last] = rows;
  return last && { id: last.id, createdAt: last.created_at };
}
