// The first answer of its kind in an isolate that has answered nothing yet, and the second: their difference is what being cold costs.
import { readFile } from "node:fs/promises";
import { createTestHarness } from "wrangler";
import { hashApiKey, newApiKey } from "../../../workers/api/accounts/api-key.ts";
import { startSrc } from "../../burst/start-src.ts";
import { median } from "../../edge/section.ts";

export interface FirstAnswer {
  readonly what: string;
  readonly firstMs: number;
  readonly secondMs: number;
}

interface Fresh {
  /** Asks for the kind's `n`th address; no two are the same picture. */
  readonly ask: (n: number) => Promise<void>;
  readonly stop: () => Promise<void>;
}

const kinds: readonly (readonly [string, () => Promise<Fresh>])[] = [
  ["plain original (300 KB JPEG)", () => freshSrc(() => "")],
  ["JPEG render", () => freshSrc((n) => `?w=${400 + n}&format=jpg`)],
  ["PNG render", () => freshSrc((n) => `?w=${400 + n}&format=png`)],
  ["WebP render", () => freshSrc((n) => `?w=${400 + n}&format=webp`)],
  ["AVIF render", () => freshSrc((n) => `?w=${400 + n}&format=avif`)],
  ["API list", freshList],
];

export async function firstAnswers(turns: number): Promise<readonly FirstAnswer[]> {
  const times = new Map<string, { first: number; second: number }[]>();
  for (let turn = 0; turn < turns; turn++)
    for (const [what, start] of kinds) {
      const fresh = await start();
      const taken = { first: await timed(() => fresh.ask(0)), second: await timed(() => fresh.ask(1)) };
      await fresh.stop();
      times.set(what, [...(times.get(what) ?? []), taken]);
    }
  return [...times].map(([what, taken]) => ({
    what,
    firstMs: median(taken.map(({ first }) => first)),
    secondMs: median(taken.map(({ second }) => second)),
  }));
}

/** Two pictures are stored: the second plain answer is of the other one. */
async function freshSrc(queryOf: (n: number) => string): Promise<Fresh> {
  const src = await startSrc();
  const file = await readFile("test/fixtures/photo-portrait.jpg");
  const paths = [await src.store("cold0000", file), await src.store("cold0001", file)];
  return { ask: (n) => answered(`${src.origin}${paths[n]}${queryOf(n)}`), stop: src.stop };
}

interface Database {
  exec(sql: string): Promise<unknown>;
}

async function freshList(): Promise<Fresh> {
  const workers = createTestHarness({
    workers: [{ configPath: "wrangler.toml" }, { configPath: "workers/src/wrangler.toml" }],
  });
  const { url } = await workers.listen();
  const api = workers.getWorker<{ DB: Database }>("edgepix");
  await api.applyD1Migrations("DB");
  const key = newApiKey();
  const { DB } = await api.getEnv();
  await DB.exec(`
    insert into accounts (id, storage, name, plan, created_at) values ('cold', 'cold', 'cold', 'unlimited', 0);
    insert into api_keys (id, account_id, hash, name, abilities, hint, created_at) values ('cold', 'cold', '${await hashApiKey(key)}', 'cold', 'read,write', '', 0);
  `);
  const headers = { Authorization: `Bearer ${key}` };
  return {
    ask: (n) => answered(`${url.origin}/v1/images?limit=${50 + n}`, headers),
    stop: () => workers.close(),
  };
}

async function answered(url: string, headers: Readonly<Record<string, string>> = {}): Promise<void> {
  const answer = await fetch(url, { headers });
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
