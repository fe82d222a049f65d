// A local D1 with the present schema, in a directory of its own.
import { spawnSync } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { getPlatformProxy } from "wrangler";
import { hashApiKey, newApiKey } from "../../workers/api/services/api-key.ts";
import { LARGE_ACCOUNT } from "./fill.ts";

const directory = "node_modules/.cache/edgepix-bench-api";
const configPath = join(import.meta.dirname, "wrangler.toml");

export interface Store {
  readonly db: D1Database;
  readonly close: () => Promise<void>;
}

export async function openEmptyStore(): Promise<Store> {
  await rm(directory, { recursive: true, force: true });
  const wrangler = ["node_modules/wrangler/bin/wrangler.js", "d1", "migrations", "apply", "DB", "--local"];
  const migrated = spawnSync(process.execPath, [...wrangler, "--persist-to", directory, "-c", configPath], {
    encoding: "utf8",
    env: { ...process.env, CI: "true", WRANGLER_SEND_METRICS: "false" },
  });
  if (migrated.status !== 0) throw new Error(`the database could not be made:\n${migrated.stderr}`);
  const { env, dispose } = await getPlatformProxy<{ DB: D1Database }>({
    configPath,
    persist: { path: join(directory, "v3") },
  });
  return {
    db: env.DB,
    close: async () => {
      await dispose();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Gives the large account a key. */
export async function addKey(db: D1Database): Promise<string> {
  const key = newApiKey();
  await db
    .prepare(
      `insert into api_keys (id, account_id, hash, name, abilities, hint, created_at, last_used_at)
       values ('bench', ?, ?, 'bench', 'read,write', 'xxxx', 0, 0)`,
    )
    .bind(LARGE_ACCOUNT, await hashApiKey(key))
    .run();
  return key;
}
