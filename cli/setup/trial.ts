// A key for an hour, of an account that is gone when the trial is over: the deployment's first account shall be its owner's.
import { randomToken } from "../../schema/ids.ts";
import { hashApiKey, newApiKey } from "../../workers/api/accounts/api-key.ts";
import { findDatabase, queryDatabase } from "../cloudflare/storage.ts";
import { Stop } from "../stop.ts";
import type { Context } from "./context.ts";

const HOUR_MILLISECONDS = 3_600_000;

const TRIAL = "trial of npm run setup";

type Query = (sql: string, ...params: (string | number)[]) => Promise<unknown>;

export async function withTrialKey<Result>(
  { deployment, tools }: Context,
  use: (key: string) => Promise<Result>,
): Promise<Result> {
  const { account } = tools;
  const database = await findDatabase(account, deployment.names.database);
  if (database === undefined) throw new Stop(`The D1 database ${deployment.names.database} is gone.`);
  const query: Query = (sql, ...params) => queryDatabase(account, database, sql, params);
  const now = tools.now();
  // One that was killed in the middle left its account behind.
  await endTrials(query, now);
  try {
    return await use(await beginTrial(query, now));
  } finally {
    await endTrials(query, now);
  }
}

/** Its key. */
async function beginTrial(query: Query, now: number): Promise<string> {
  const [id, key] = [randomToken(12), newApiKey()];
  await query(
    "insert into accounts (id, storage, name, plan, created_at) values (?, ?, ?, 'free', ?)",
    ...[id, randomToken(6), TRIAL, now],
  );
  await query(
    "insert into api_keys (id, account_id, hash, name, abilities, hint, created_at, expires_at) values (?, ?, ?, 'trial', 'read,write', ?, ?, ?)",
    ...[id, id, await hashApiKey(key), key.slice(-4), now, now + HOUR_MILLISECONDS],
  );
  return key;
}

/** The cron deletes whatever a trial may have left, and its account. */
async function endTrials(query: Query, now: number): Promise<void> {
  await query("delete from api_keys where account_id in (select id from accounts where name = ?)", TRIAL);
  await query("update accounts set deleting_at = ? where name = ? and deleting_at is null", now, TRIAL);
}
