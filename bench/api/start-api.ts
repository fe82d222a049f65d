// Both built Workers on this machine, with empty storage that dies with them, an account, its key and a first image.
import { createTestHarness } from "wrangler";
import { z } from "zod";
import { hashApiKey, newApiKey } from "../../workers/api/accounts/api-key.ts";
import { send } from "./measure.ts";
import { BIG_ACCOUNT, type Database, seedAccounts } from "./seed.ts";

const uploadedSchema = z.object({ id: z.string() });

/** Uploads `file` as the image that all others are made after. */
export async function startApi(file: Uint8Array<ArrayBuffer>) {
  const workers = createTestHarness({
    workers: [{ configPath: "bench/api/wrangler.toml" }, { configPath: "workers/src/wrangler.toml" }],
  });
  const { url: origin } = await workers.listen();
  const api = workers.getWorker<{ DB: Database }>("edgepix");
  await api.applyD1Migrations("DB");
  const { DB } = await api.getEnv();
  await seedAccounts(DB);
  const key = newApiKey();
  await DB.prepare(
    `insert into api_keys (id, account_id, hash, name, abilities, hint, created_at)
     values ('bench', '${BIG_ACCOUNT}', ?, 'bench', 'read,write', '', 0)`,
  )
    .bind(await hashApiKey(key))
    .run();
  const answer = await send({ origin, key }, { method: "POST", path: "/v1/images", file });
  const { id: pattern } = uploadedSchema.parse(await answer.json());
  return { origin, key, pattern, DB, stop: () => workers.close() };
}
