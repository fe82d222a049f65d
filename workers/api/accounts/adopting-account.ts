// The account that gets what an operator adopts.
import { eq } from "drizzle-orm";
import { ANONYMOUS_ACCOUNT } from "../../../schema/ids.ts";
import { accounts } from "../../../schema/tables.ts";
import { ApiError } from "../../shared/api-error.ts";
import type { Database } from "../database.ts";
import type { Account } from "./account.ts";

/** Throws a 422 where there is none of this id, or one that may not have more. */
export async function adoptingAccount(db: Database, id: string): Promise<Account> {
  const row = await db.select().from(accounts).where(eq(accounts.id, id)).get();
  const refuse = (message: string) => {
    throw new ApiError("validation_error", { message });
  };
  if (!row || row.deletingAt !== null) return refuse("There is no such account.");
  if (row.id === ANONYMOUS_ACCOUNT)
    return refuse("Images without an account live for 30 days: adopt into an account.");
  if (row.status === "suspended") return refuse("The account is suspended.");
  const { storage, plan } = row;
  return { id, storage, plan };
}
