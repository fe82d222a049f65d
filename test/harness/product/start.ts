// The product on one origin, both Workers or the one that is both, with empty storage that dies with them, and an account to begin with.
import { createTestHarness } from "wrangler";
import { hashApiKey, newApiKey } from "../../../workers/api/accounts/api-key.ts";
import { makeMembers, makeOperator, type SignedIn } from "./members.ts";

export interface RunningProduct {
  /** Where both Workers answer, without a slash at the end. */
  readonly origin: string;
  /** API keys with both abilities, all of one account: each has a rate of its own. */
  readonly keys: readonly [string, string, string];
  /** What the cookie of an operator's browser holds. */
  readonly operator: string;
  readonly members: readonly SignedIn[];
  close(): Promise<void>;
}

/** What is needed of a D1 database. */
interface Database {
  exec(sql: string): Promise<unknown>;
}

/** What is needed of an R2 bucket. */
interface Bucket {
  put(key: string, bytes: Uint8Array | string): Promise<unknown>;
  list(): Promise<{ readonly objects: readonly { readonly key: string }[] }>;
}

/** As `npm run dev` sets them: codes are shown instead of sent. */
const vars = {
  SIGNUPS: "open",
  DEV_SHOW_CODES: "yes",
  SETUP_TOKEN: "setup-token-of-the-end-to-end-tests",
  ADMIN_TOKEN: "operators-token-of-the-end-to-end-tests",
};
export const adminToken = vars.ADMIN_TOKEN;

type Vars = Readonly<Record<string, string>>;
const configs = {
  pair: (own: Vars) => [
    { configPath: "wrangler.toml", vars: own },
    { configPath: "workers/src/wrangler.toml" },
  ],
  solo: (own: Vars) => [{ configPath: "workers/solo/wrangler.toml", vars: own }],
};

/** All that is served, with migrated, empty storage: nobody has signed up. */
export async function startEmpty(shape: keyof typeof configs = "pair", moreVars: Vars = {}) {
  const workers = createTestHarness({ workers: configs[shape]({ ...vars, ...moreVars }) });
  const { url } = await workers.listen();
  const api = workers.getWorker<{ DB: Database; ORIGINALS: Bucket }>("edgepix");
  await api.applyD1Migrations("DB");
  const { DB, ORIGINALS } = await api.getEnv();
  return { origin: url.origin, DB, ORIGINALS, close: () => workers.close() };
}

export async function startProduct(
  shape: keyof typeof configs = "pair",
  moreVars: Vars = {},
): Promise<RunningProduct> {
  const { origin, DB, close } = await startEmpty(shape, moreVars);
  const keys = [newApiKey(), newApiKey(), newApiKey()] as const;
  const keyRows = await Promise.all(
    keys.map(
      async (key, at) =>
        `('e2e${at}', 'e2e', '${await hashApiKey(key)}', 'e2e', 'read,write', '${key.slice(-4)}', 0)`,
    ),
  );
  // D1's exec takes a statement a line.
  await DB.exec(`
    insert into accounts (id, storage, name, plan, created_at) values ('e2e', 'e2e', 'e2e', 'unlimited', 0);
    insert into api_keys (id, account_id, hash, name, abilities, hint, created_at) values ${keyRows.join(", ")};
  `);
  const run = (sql: string) => DB.exec(sql);
  const [operator, members] = [await makeOperator(run), await makeMembers(run)];
  return { origin, keys, operator, members, close };
}
