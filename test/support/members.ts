// People who are signed in, for tests: an account with a session, and what their browser sends.
import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { accounts } from "../../schema/tables.ts";
import { formTokenOf } from "../../workers/api/accounts/form-token.ts";
import { startSession } from "../../workers/api/accounts/sessions.ts";
import { openDatabase } from "../../workers/api/database.ts";
import { makeAccount, type TestAccount } from "./accounts.ts";
import { call, ORIGIN } from "./api.ts";

export const SESSION_COOKIE = "__Host-edgepix-session";

export interface TestMember extends TestAccount {
  readonly secret: string;
  /** As the browser sends it. */
  readonly cookie: string;
  readonly formToken: string;
}

export async function makeMember(
  set: Partial<typeof accounts.$inferInsert> = {},
  now = Date.now(),
): Promise<TestMember> {
  const account = await makeAccount();
  const db = openDatabase(env.DB);
  if (Object.keys(set).length > 0) await db.update(accounts).set(set).where(eq(accounts.id, account.id));
  return signInAs(account, now);
}

/** One more session of an account. */
export async function signInAs(account: TestAccount, now = Date.now()): Promise<TestMember> {
  const session = { accountId: account.id, agent: "Firefox on Linux" };
  const secret = await startSession(openDatabase(env.DB), session, now);
  const cookie = `${SESSION_COOKIE}=${secret}`;
  return { ...account, secret, cookie, formToken: await formTokenOf(secret) };
}

type Bindings = Readonly<Record<string, unknown>>;

/** Asks for a page as this member; null = nobody. */
export function visit(member: TestMember | null, path: string, bindings: Bindings = {}): Promise<Response> {
  return call(path, { headers: member ? { Cookie: member.cookie } : {} }, bindings);
}

/** Sends a form as the page of this member would: origin, token and all. `headers` replace what the browser sends. */
export function submit(
  member: Pick<TestMember, "cookie" | "formToken">,
  path: string,
  fields: Readonly<Record<string, string>> = {},
  headers: Readonly<Record<string, string>> = {},
  bindings: Bindings = {},
): Promise<Response> {
  const body = new URLSearchParams({ form_token: member.formToken, ...fields });
  const own = { Cookie: member.cookie, Origin: ORIGIN };
  return call(path, { method: "POST", headers: { ...own, ...headers }, body }, bindings);
}

/** A cookie that an answer set, with its flags as they were written; undefined where it set none of that name. */
export function cookieOf(response: Response, name = SESSION_COOKIE): string | undefined {
  return response.headers.getSetCookie().find((cookie) => cookie.startsWith(`${name}=`));
}
