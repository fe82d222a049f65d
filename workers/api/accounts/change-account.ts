// What an operator does to an account: suspends it, gives it a plan.
import { and, eq, ne, sql } from "drizzle-orm";
import type { AccountChange } from "../../../schema/admin.ts";
import { ANONYMOUS_ACCOUNT } from "../../../schema/ids.ts";
import { accounts } from "../../../schema/tables.ts";
import { ApiError } from "../../shared/api-error.ts";
import type { Database } from "../database.ts";

export type AccountRow = typeof accounts.$inferSelect;

/** The account that all share who have no key can't be changed. */
export async function changeAccount(db: Database, id: string, changes: AccountChange): Promise<AccountRow> {
  const isReal = and(eq(accounts.id, id), ne(accounts.id, ANONYMOUS_ACCOUNT));
  const { status = sql`${accounts.status}`, plan = sql`${accounts.plan}` } = changes;
  const [row] = await db.update(accounts).set({ status, plan }).where(isReal).returning();
  if (!row) throw new ApiError("not_found");
  return row;
}
