// Requests a second over real HTTP: both Workers as `wrangler dev` runs them, a few callers at once.
import { readFile } from "node:fs/promises";
import { createTestHarness } from "wrangler";
import { z } from "zod";
import { hashApiKey, newApiKey } from "../../workers/api/services/api-key.ts";

const SECONDS = 5;
const CALLERS = 8;

export interface Load {
  readonly name: string;
  readonly requestsPerSecond: number;
  /** Milliseconds that 50, 95 and 99 in a hundred requests stay under. */
  readonly percentiles: readonly [number, number, number];
}

interface Database {
  exec(sql: string): Promise<unknown>;
}

export async function measureLoad(): Promise<readonly Load[]> {
  const workers = createTestHarness({
    workers: [{ configPath: "wrangler.toml" }, { configPath: "workers/src/wrangler.toml" }],
  });
  try {
    const { url } = await workers.listen();
    const api = workers.getWorker<{ DB: Database }>("edgepix");
    await api.applyD1Migrations("DB");
    const headers = { Authorization: `Bearer ${await keyIn((await api.getEnv()).DB)}` };
    const body = await readFile("test/fixtures/coffee.jpg");
    const ids: string[] = [];
    const upload = async () => {
      const init = { method: "POST", body, headers: { ...headers, "Content-Type": "image/jpeg" } };
      const answer = await ok(fetch(new URL("/v1/images", url), init));
      ids.push(z.object({ id: z.string() }).parse(await answer.json()).id);
    };
    const get = (path: string) => async () => {
      await (await ok(fetch(new URL(path, url), { headers }))).arrayBuffer();
    };
    await upload();
    return [
      await press("POST /v1/images, 40 KB", upload),
      await press("GET /v1/images/{id}", () =>
        get(`/v1/images/${ids[Math.floor(Math.random() * ids.length)]}`)(),
      ),
      await press("GET /v1/images, page of 50", get("/v1/images")),
      await press("GET /v1/usage", get("/v1/usage")),
    ];
  } finally {
    await workers.close();
  }
}

async function keyIn(db: Database): Promise<string> {
  const key = newApiKey();
  const row = `'bench', 'bench', '${await hashApiKey(key)}', 'bench', 'read,write', 'xxxx', 0`;
  await db.exec(`
    insert into accounts (id, storage, name, plan, created_at) values ('bench', 'bench', 'bench', 'unlimited', 0);
    insert into api_keys (id, account_id, hash, name, abilities, hint, created_at) values (${row});
  `);
  return key;
}

/** Calls again and again from several callers at once; a refusal ends the bench. */
async function press(name: string, work: () => Promise<unknown>): Promise<Load> {
  const times: number[] = [];
  const start = performance.now();
  const call = async () => {
    while (performance.now() - start < SECONDS * 1_000) {
      const begun = performance.now();
      await work();
      times.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, call));
  const seconds = (performance.now() - start) / 1_000;
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0;
  return { name, requestsPerSecond: times.length / seconds, percentiles: [at(0.5), at(0.95), at(0.99)] };
}

async function ok(asked: Promise<Response>): Promise<Response> {
  const answer = await asked;
  if (!answer.ok) throw new Error(`the API answered ${answer.status}: ${await answer.text()}`);
  return answer;
}
