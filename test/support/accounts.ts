// Accounts and keys for tests, written as the keys command writes them.
import { env } from "cloudflare:workers";
import { randomToken } from "../../schema/ids.ts";
import type { PlanName } from "../../schema/plans.ts";
import { accounts, apiKeys } from "../../schema/tables.ts";
import { hashApiKey, newApiKey } from "../../workers/api/accounts/api-key.ts";
import { openDatabase } from "../../workers/api/database.ts";

export interface TestAccount {
  readonly id: string;
  readonly storage: string;
  readonly key: string;
}

interface Wanted {
  readonly plan?: PlanName;
  readonly abilities?: string;
  readonly status?: "active" | "suspended";
  readonly expiresAt?: number;
  readonly revokedAt?: number;
}

export async function makeAccount(wanted: Wanted = {}): Promise<TestAccount> {
  const { plan = "unlimited", abilities = "read,write", status = "active" } = wanted;
  const db = openDatabase(env.DB);
  const id = randomToken(12);
  const storage = randomToken(6);
  const key = newApiKey();
  await db.insert(accounts).values({ id, storage, name: "test", plan, status, createdAt: 0 });
  await db.insert(apiKeys).values({
    id: randomToken(12),
    accountId: id,
    hash: await hashApiKey(key),
    name: "test",
    abilities,
    hint: key.slice(-4),
    createdAt: 0,
    expiresAt: wanted.expiresAt ?? null,
    revokedAt: wanted.revokedAt ?? null,
  });
  return { id, storage, key };
}
