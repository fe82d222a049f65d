// Tables, an account without limits and its key, written to D1 the way its binding does.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { hashApiKey, newApiKey } from "../../../workers/api/accounts/api-key.ts";

const migrations = join(import.meta.dirname, "../../../schema/migrations");

/** Answers the key. Throws when D1 takes a statement badly. */
export async function seedDatabase(port: number): Promise<string> {
  const run = async (sql: string, params: readonly string[] = []) => {
    const answer = await fetch(`http://127.0.0.1:${port}/query?resultsFormat=NONE`, {
      method: "POST",
      body: JSON.stringify([{ sql, params }]),
    });
    if (!answer.ok) throw new Error(`D1 refused ${sql}: ${await answer.text()}`);
    await answer.arrayBuffer();
  };
  for (const name of readdirSync(migrations)
    .filter((name) => name.endsWith(".sql"))
    .toSorted()) {
    const statements = readFileSync(join(migrations, name), "utf8").split("--> statement-breakpoint");
    for (const statement of statements) await run(statement);
  }
  const key = newApiKey();
  await run(
    "insert into accounts (id, storage, name, plan, created_at) values ('attack', 'attack', 'attack', 'unlimited', 0)",
  );
  await run(
    `insert into api_keys (id, account_id, hash, name, abilities, hint, created_at)
     values ('attack', 'attack', ?, 'attack', 'read,write', '', 0)`,
    [await hashApiKey(key)],
  );
  return key;
}
