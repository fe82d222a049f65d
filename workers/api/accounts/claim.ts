// A fresh deployment belongs to whoever holds its setup token, and the token is good once.
import { eq } from "drizzle-orm";
import { accounts, claims } from "../../../schema/tables.ts";
import type { Database } from "../database.ts";
import { hashSecret } from "./secret.ts";
import { newAccountRow } from "./sign-up.ts";

/** Whether this token has made its account already. */
export async function isClaimed(db: Database, token: string): Promise<boolean> {
  const hash = await hashSecret(token);
  return (await db.select().from(claims).where(eq(claims.tokenHash, hash)).get()) !== undefined;
}

/**
 * Makes the operator's account, on the plan without limits. Answers its id; undefined where the token was used before. One transaction:
 * of two claims at once, the second fails on the token's key, and nothing of it stays.
 */
export async function claim(
  db: Database,
  token: string,
  name: string,
  now: number,
): Promise<string | undefined> {
  const row = { ...newAccountRow({ name }, now), plan: "unlimited" as const, operator: true };
  const taken = { tokenHash: await hashSecret(token), accountId: row.id, claimedAt: now };
  try {
    await db.batch([db.insert(claims).values(taken), db.insert(accounts).values(row)]);
    return row.id;
  } catch (error) {
    if (await isClaimed(db, token)) return undefined;
    throw error;
  }
}
