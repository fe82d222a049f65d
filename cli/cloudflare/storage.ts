// The database and the bucket of a deployment, as the account has them.
import * as z from "zod";
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

export async function hasBucket({ id, cloudflare }: Account, name: string): Promise<boolean> {
  try {
    await cloudflare.get(`/accounts/${id}/r2/buckets/${name}`, bucketSchema);
    return true;
  } catch (problem) {
    if (problem instanceof CloudflareError && problem.codes.includes(NO_SUCH_BUCKET)) return false;
    throw problem;
  }
}

const NO_SUCH_BUCKET = 10006;
const rowsSchema = z.array(z.object({ results: z.array(z.object({ name: z.string() })) }));

/** The migrations that the database has, by file name, oldest first. */
export async function appliedMigrations({ id, cloudflare }: Account, database: string): Promise<string[]> {
  const query = (sql: string) =>
    cloudflare.post(`/accounts/${id}/d1/database/${database}/query`, { sql }, rowsSchema);
  const [tables] = await query(
    "select name from sqlite_master where type = 'table' and name = 'd1_migrations'",
  );
  if (!tables || tables.results.length === 0) return [];
  const [applied] = await query("select name from d1_migrations order by name");
  return applied?.results.map(({ name }) => name) ?? [];
}
