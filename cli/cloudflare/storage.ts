// The database and the bucket of a deployment, as the account has them.
import * as z from "zod";
import { Stop } from "../stop.ts";
import { CloudflareError } from "./client.ts";
import type { Account } from "./login.ts";

const databaseSchema = z.object({ uuid: z.string(), name: z.string() });
const bucketSchema = z.object({ name: z.string() });

/** Its id; undefined where the account has none of that name. */
export async function findDatabase({ id, cloudflare }: Account, name: string): Promise<string | undefined> {
  const path = `/accounts/${id}/d1/database?name=${encodeURIComponent(name)}&per_page=100`;
  const found = await cloudflare.get(path, z.array(databaseSchema));
  return found.find((one) => one.name === name)?.uuid;
}

/** Its id. */
export async function createDatabase({ id, cloudflare }: Account, name: string): Promise<string> {
  return (await cloudflare.post(`/accounts/${id}/d1/database`, { name }, databaseSchema)).uuid;
}

export async function createBucket({ id, cloudflare }: Account, name: string): Promise<void> {
  await cloudflare.post(`/accounts/${id}/r2/buckets`, { name }, bucketSchema);
}

export async function hasBucket({ id, cloudflare }: Account, name: string): Promise<boolean> {
  try {
    await cloudflare.get(`/accounts/${id}/r2/buckets/${name}`, bucketSchema);
    return true;
  } catch (problem) {
    if (problem instanceof CloudflareError && problem.codes.includes(NO_SUCH_BUCKET)) return false;
    if (problem instanceof CloudflareError && problem.codes.includes(R2_IS_OFF))
      throw new Stop(
        "R2, which keeps the pictures, is not switched on in this account.",
        "Open the dashboard > R2 once and accept it: it asks for a card, and 10 GB a month are free. Then run this again.",
        { cause: problem },
      );
    throw problem;
  }
}

const NO_SUCH_BUCKET = 10006;
const R2_IS_OFF = 10042;
const resultsSchema = z.array(z.object({ results: z.array(z.record(z.string(), z.unknown())) }));

/** The rows of one statement. */
export async function queryDatabase(
  { id, cloudflare }: Account,
  database: string,
  sql: string,
  params: readonly (string | number)[] = [],
): Promise<readonly Record<string, unknown>[]> {
  const path = `/accounts/${id}/d1/database/${database}/query`;
  const [answer] = await cloudflare.post(path, { sql, params }, resultsSchema);
  return answer?.results ?? [];
}

/** The tables that a database has, but for SQLite's and Cloudflare's own. */
export async function tableNames(account: Account, database: string): Promise<string[]> {
  const rows = await queryDatabase(account, database, "select name from sqlite_master where type = 'table'");
  return rows.map(({ name }) => String(name)).filter((name) => !/^(sqlite|_cf)_/.test(name));
}

/** The migrations that the database has, by file name, oldest first. */
export async function appliedMigrations(account: Account, database: string): Promise<string[]> {
  if (!(await tableNames(account, database)).includes("d1_migrations")) return [];
  const rows = await queryDatabase(account, database, "select name from d1_migrations order by name");
  return rows.map(({ name }) => String(name));
}
