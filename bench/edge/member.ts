// Both Workers as they are deployed, and an account that uploads.
import { createTestHarness } from "wrangler";
import { imageSchema } from "../../schema/api.ts";
import { hashApiKey, newApiKey } from "../../workers/api/accounts/api-key.ts";

interface Database {
  readonly DB: { exec(sql: string): Promise<unknown> };
}

export interface Member {
  readonly origin: string;
  /** The path of the picture's image URL. */
  readonly upload: (body: Uint8Array<ArrayBuffer>, type: string) => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** `vars` of src override those of its config. */
export async function startMember(vars: Readonly<Record<string, string>> = {}): Promise<Member> {
  const workers = createTestHarness({
    workers: [{ configPath: "wrangler.toml" }, { configPath: "workers/src/wrangler.toml", vars }],
  });
  const { url } = await workers.listen();
  const api = workers.getWorker<Database>("edgepix");
  await api.applyD1Migrations("DB");
  const key = newApiKey();
  const { DB } = await api.getEnv();
  await DB.exec(
    `insert into accounts (id, storage, name, plan, created_at) values ('bench', 'bench', 'bench', 'unlimited', 0);`,
  );
  await DB.exec(
    `insert into api_keys (id, account_id, hash, name, abilities, hint, created_at) values ('bench', 'bench', '${await hashApiKey(key)}', 'bench', 'read,write', '${key.slice(-4)}', 0);`,
  );
  return {
    origin: url.origin,
    async upload(body, type) {
      const headers = { Authorization: `Bearer ${key}`, "Content-Type": type };
      const answer = await fetch(`${url.origin}/v1/images`, { method: "POST", body, headers });
      if (!answer.ok) throw new Error(`an upload of ${type} was refused: ${await answer.text()}`);
      return new URL(imageSchema.parse(await answer.json()).url).pathname;
    },
    stop: () => workers.close(),
  };
}
