// Lets somebody in: a new session in place of any that this browser had, and the way to where they wanted to go.
import type { Context } from "hono";
import { agentInWords } from "../accounts/agent-in-words.ts";
import { endSession, findMember, startSession } from "../accounts/sessions.ts";
import { openDatabase } from "../database.ts";
import type { AppEnv } from "./app-env.ts";
import { browserCookie, sessionCookie } from "./cookies.ts";
import { safeNext } from "./next-path.ts";

export async function enter<E extends AppEnv>(
  c: Context<E>,
  accountId: string,
  next: string | null,
): Promise<Response> {
  await startSessionHere(c, accountId);
  return c.redirect(safeNext(next), 303);
}

/** Sets the cookies on the answer that `c` makes. */
export async function startSessionHere<E extends AppEnv>(c: Context<E>, accountId: string): Promise<void> {
  const db = openDatabase(c.env.DB);
  const now = Date.now();
  const before = sessionCookie.read(c);
  const member = before && (await findMember(db, before, now));
  if (member) await endSession(db, member.account.id, member.sessionId);
  const agent = agentInWords(c.req.header("User-Agent") ?? "");
  sessionCookie.set(c, await startSession(db, { accountId, agent }, now));
  browserCookie.clear(c);
}
