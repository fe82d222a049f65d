// Who is signed in. A browser holds the secret in a cookie, D1 its SHA-256.
import { and, desc, eq, gt, ne } from "drizzle-orm";
import { accounts, sessions } from "../../../schema/tables.ts";
import type { Database } from "../database.ts";
import type { Account } from "./account.ts";
import { hashSecret, newSecret } from "./secret.ts";

const DAY_MILLISECONDS = 86_400_000;
/** Of not being used: each day of use begins them anew. */
export const SESSION_MILLISECONDS = 30 * DAY_MILLISECONDS;
/** Enough for every browser of a person; who signs in by a program does not fill the table. */
const MAX_SESSIONS = 50;

/** An account whose owner is here in person, with what pages show of it. */
export interface Member {
  readonly sessionId: string;
  readonly account: Account;
  readonly name: string;
  /** null for an account that was made with a key only. */
  readonly email: string | null;
  readonly isOperator: boolean;
  readonly isSuspended: boolean;
  /** Its owner had it deleted, and that is under way. */
  readonly isBeingDeleted: boolean;
  readonly seenAt: number;
}

export type SessionRow = Pick<typeof sessions.$inferSelect, "id" | "agent" | "createdAt" | "seenAt">;

/** A new session, never one that was there before: who knew a cookie from before the sign-in knows nothing of it. Answers the secret. */
export async function startSession(
  db: Database,
  { accountId, agent }: { readonly accountId: string; readonly agent: string },
  now: number,
): Promise<string> {
  const secret = newSecret();
  const expiresAt = now + SESSION_MILLISECONDS;
  const row = { id: newSecret().slice(0, 12), accountId, hash: await hashSecret(secret), agent };
  await db.insert(sessions).values({ ...row, createdAt: now, seenAt: now, expiresAt });
  await endOldest(db, accountId);
  return secret;
}

async function endOldest(db: Database, accountId: string): Promise<void> {
  const own = eq(sessions.accountId, accountId);
  const order = [desc(sessions.seenAt)] as const;
  const rows = await db
    .select({ id: sessions.id })
    .from(sessions)
    .where(own)
    .orderBy(...order)
    .limit(100);
  for (const { id } of rows.slice(MAX_SESSIONS)) await endSession(db, accountId, id);
}

/** undefined for a secret that is unknown, revoked or over. */
export async function findMember(db: Database, secret: string, now: number): Promise<Member | undefined> {
  const row = await db
    .select({ session: { id: sessions.id, seenAt: sessions.seenAt }, account: accounts })
    .from(sessions)
    .innerJoin(accounts, eq(accounts.id, sessions.accountId))
    .where(and(eq(sessions.hash, await hashSecret(secret)), gt(sessions.expiresAt, now)))
    .get();
  if (!row) return undefined;
  const { id, storage, plan, status, name, email, operator, deletingAt } = row.account;
  return {
    sessionId: row.session.id,
    account: { id, storage, plan },
    name,
    email,
    isOperator: operator,
    isSuspended: status === "suspended",
    isBeingDeleted: deletingAt !== null,
    seenAt: row.session.seenAt,
  };
}

/** Whether a use is worth a write: once a day. */
export const isUseDue = ({ seenAt }: Member, now: number): boolean => now - seenAt >= DAY_MILLISECONDS;

/** Notes that a session was used; its days begin anew. */
export async function noteUse(db: Database, { sessionId }: Member, now: number): Promise<void> {
  const used = { seenAt: now, expiresAt: now + SESSION_MILLISECONDS };
  await db.update(sessions).set(used).where(eq(sessions.id, sessionId));
}

/** The account's sessions, the last used first. */
export async function listSessions(db: Database, accountId: string, now: number): Promise<SessionRow[]> {
  const { id, agent, createdAt, seenAt } = sessions;
  const own = and(eq(sessions.accountId, accountId), gt(sessions.expiresAt, now));
  const asked = db.select({ id, agent, createdAt, seenAt }).from(sessions).where(own);
  return asked.orderBy(desc(seenAt)).limit(MAX_SESSIONS);
}

/** Ends one session of the account; false where it has no such. */
export async function endSession(db: Database, accountId: string, id: string): Promise<boolean> {
  const own = and(eq(sessions.accountId, accountId), eq(sessions.id, id));
  return (await db.delete(sessions).where(own).returning({ id: sessions.id })).length > 0;
}

/** Ends all sessions of the account but the one that is named; null spares none. */
export async function endOtherSessions(
  db: Database,
  accountId: string,
  spared: string | null,
): Promise<void> {
  const own = eq(sessions.accountId, accountId);
  await db.delete(sessions).where(spared === null ? own : and(own, ne(sessions.id, spared)));
}
