// People who are signed in to a running product: accounts of their own, each with a key and a session.
import { hashApiKey, newApiKey } from "../../../workers/api/accounts/api-key.ts";
import { hashSecret, newSecret } from "../../../workers/api/accounts/secret.ts";

export interface SignedIn {
  readonly key: string;
  /** What the session's cookie holds. */
  readonly session: string;
}

/** One for each test file that acts as a member, and some to spare. */
const MEMBERS = 11;
const DAY_MILLISECONDS = 86_400_000;

/** Of the account `id`, as SQL for `sessions`. */
async function sessionRow(id: string, secret: string, now: number): Promise<string> {
  return `('${id}', '${id}', '${await hashSecret(secret)}', 'Chromium on Linux', ${now}, ${now}, ${now + DAY_MILLISECONDS})`;
}

/** Resolves to what the session's cookie holds. */
export async function makeOperator(run: (sql: string) => Promise<unknown>): Promise<string> {
  const session = newSecret();
  await run(`
    insert into accounts (id, storage, name, plan, operator, created_at) values ('operator', 'opera', 'operator', 'unlimited', 1, 0);
    insert into sessions (id, account_id, hash, agent, created_at, seen_at, expires_at) values ${await sessionRow("operator", session, Date.now())};
  `);
  return session;
}

export async function makeMembers(run: (sql: string) => Promise<unknown>): Promise<readonly SignedIn[]> {
  const members = Array.from({ length: MEMBERS }, () => ({ key: newApiKey(), session: newSecret() }));
  const now = Date.now();
  const rows = await Promise.all(
    members.map(async ({ key, session }, at) => {
      const id = `member${at}`;
      return {
        account: `('${id}', '${id}', 'Member ${at}', 'pro', ${now})`,
        key: `('${id}', '${id}', '${await hashApiKey(key)}', 'e2e', 'read,write', '${key.slice(-4)}', ${now})`,
        session: await sessionRow(id, session, now),
      };
    }),
  );
  const all = (of: "account" | "key" | "session") => rows.map((row) => row[of]).join(", ");
  await run(`
    insert into accounts (id, storage, name, plan, created_at) values ${all("account")};
    insert into api_keys (id, account_id, hash, name, abilities, hint, created_at) values ${all("key")};
    insert into sessions (id, account_id, hash, agent, created_at, seen_at, expires_at) values ${all("session")};
  `);
  return members;
}
