// The src Worker as it is deployed, on this machine, with one photograph stored where it looks for it.
import { createTestHarness } from "wrangler";
import { createFactsReader } from "../../workers/shared/image-facts.ts";
import { originalKey } from "../../workers/shared/object-keys.ts";

interface Statement {
  bind(...values: unknown[]): Statement;
  run(): Promise<unknown>;
}

/** What the bench needs of the Worker's bindings. */
export interface Bindings {
  readonly DB: { prepare(sql: string): Statement };
  readonly ORIGINALS: { put(key: string, value: Uint8Array): Promise<unknown> };
}

const STORAGE = "bench";

/** `vars` overrides those of the config. */
export async function startSrc(vars: Readonly<Record<string, string>> = {}) {
  const workers = createTestHarness({ workers: [{ configPath: "workers/src/wrangler.toml", vars }] });
  const { url } = await workers.listen();
  const src = workers.getWorker<Bindings>("edgepix-src");
  await src.applyD1Migrations("DB");
  const env = await src.getEnv();
  return {
    origin: url.origin,
    store: (id: string, file: Uint8Array) => storeOriginal(env, id, file),
    stop: () => workers.close(),
  };
}

/** The path of its image URL. */
export async function storeOriginal(
  { DB, ORIGINALS }: Bindings,
  id: string,
  file: Uint8Array,
): Promise<string> {
  const reader = createFactsReader();
  reader.push(file);
  const result = reader.end();
  if (result.kind !== "image") throw new Error(`${id} is ${result.kind}`);
  const { facts } = result;
  await DB.prepare(
    `insert or ignore into accounts (id, storage, name, plan, created_at) values ('bench', '${STORAGE}', 'bench', 'unlimited', 0)`,
  ).run();
  await ORIGINALS.put(originalKey(STORAGE, id), file);
  await DB.prepare(
    `insert into images (id, account_id, storage, filename, format, width, height, bytes, sha256, transformable, facts, created_at)
     values (?, 'bench', '${STORAGE}', 'photo', ?, ?, ?, ?, ?, 1, ?, 0)`,
  )
    .bind(
      id,
      facts.format,
      facts.displayedWidth,
      facts.displayedHeight,
      file.length,
      id,
      JSON.stringify(facts),
    )
    .run();
  return `/${STORAGE}/${id}.${facts.format}`;
}
