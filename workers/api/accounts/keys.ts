// An account's API keys, as their owner sees them: made, listed, revoked.
import { and, desc, eq, gt, isNull, or, sql } from "drizzle-orm";
import { randomToken } from "../../../schema/ids.ts";
import { MAX_KEYS } from "../../../schema/plans.ts";
import { apiKeys } from "../../../schema/tables.ts";
import type { Database } from "../database.ts";
import type { Ability } from "./account.ts";
import { hashApiKey, newApiKey } from "./api-key.ts";

/** Of keys that are over, the newest so many are remembered: who makes and revokes by a program does not fill the table. */
const MAX_DEAD_KEYS = 50;

export type KeyLine = Omit<typeof apiKeys.$inferSelect, "hash" | "accountId">;

export interface NewKey {
  readonly name: string;
  readonly abilities: readonly Ability[];
  /** Unix milliseconds; null = never. */
  readonly expiresAt: number | null;
}

/** Answers the key, which can't be told again; undefined where the account has `MAX_KEYS` that count. */
export async function createKey(
  db: Database,
  accountId: string,
  { name, abilities, expiresAt }: NewKey,
  now: number,
): Promise<string | undefined> {
  const key = newApiKey();
  const hash = await hashApiKey(key);
  const alive = sql`account_id = ${accountId} and revoked_at is null and (expires_at is null or expires_at > ${now})`;
  // One statement: two requests at once can't both take the last place.
  const made = await db.all<{ id: string }>(sql`
    insert into api_keys (id, account_id, hash, name, abilities, hint, created_at, expires_at)
    select ${randomToken(12)}, ${accountId}, ${hash}, ${name}, ${abilities.join(",")}, ${key.slice(-4)}, ${now}, ${expiresAt}
    where (select count(*) from api_keys where ${alive}) < ${MAX_KEYS} returning id`);
  if (made.length === 0) return undefined;
  await db.run(sql`delete from api_keys where id in (
    select id from api_keys where account_id = ${accountId} and not (${alive})
    order by created_at desc, id limit -1 offset ${MAX_DEAD_KEYS})`);
  return key;
}

/** The newest first, those that are over included. */
export async function listKeys(db: Database, accountId: string): Promise<KeyLine[]> {
  const { id, name, abilities, hint, createdAt, expiresAt, revokedAt, lastUsedAt } = apiKeys;
  return db
    .select({ id, name, abilities, hint, createdAt, expiresAt, revokedAt, lastUsedAt })
    .from(apiKeys)
    .where(eq(apiKeys.accountId, accountId))
    .orderBy(desc(createdAt), id)
    .limit(MAX_KEYS + MAX_DEAD_KEYS);
}

/** The one that was made last of those that work. */
export async function findNewestKey(
  db: Database,
  accountId: string,
  now: number,
): Promise<Pick<KeyLine, "name" | "abilities" | "hint"> | undefined> {
  const { name, abilities, hint, createdAt, expiresAt, revokedAt } = apiKeys;
  const isAlive = and(isNull(revokedAt), or(isNull(expiresAt), gt(expiresAt, now)));
  const newest = db
    .select({ name, abilities, hint })
    .from(apiKeys)
    .where(and(eq(apiKeys.accountId, accountId), isAlive))
    .orderBy(desc(createdAt))
    .limit(1);
  return newest.get();
}

/** Ends a key of the account; false where it has no such key, or it is over already. */
export async function revokeKey(db: Database, accountId: string, id: string, now: number): Promise<boolean> {
  const own = and(eq(apiKeys.id, id), eq(apiKeys.accountId, accountId), isNull(apiKeys.revokedAt));
  return (
    (await db.update(apiKeys).set({ revokedAt: now }).where(own).returning({ id: apiKeys.id })).length > 0
  );
}
