// Passkeys of accounts: made on the account page, used on the sign-in page.
import { and, desc, eq, sql } from "drizzle-orm";
import type { Assertion, Registration } from "../../../../schema/passkeys.ts";
import { MAX_PASSKEYS } from "../../../../schema/plans.ts";
import { accounts, passkeys } from "../../../../schema/tables.ts";
import type { Database } from "../../database.ts";
import { takeChallenge } from "./challenges.ts";

export type PasskeyRow = typeof passkeys.$inferSelect;

interface Here {
  readonly db: Database;
  /** Of the page that asks: passkeys belong to its host. */
  readonly origin: string;
  /** What the challenge was told to. */
  readonly browser: string;
  readonly now: number;
}

/** Only when a passkey is used: the library is the largest that the Worker has. */
const library = () => import("@simplewebauthn/server");

const fromBase64 = (text: string) => Uint8Array.fromBase64(text, { alphabet: "base64url" });
const toBase64 = (bytes: Uint8Array) => bytes.toBase64({ alphabet: "base64url", omitPadding: true });

export function listPasskeys(db: Database, accountId: string): Promise<readonly PasskeyRow[]> {
  const own = db.select().from(passkeys).where(eq(passkeys.accountId, accountId));
  return own.orderBy(desc(passkeys.createdAt)).limit(MAX_PASSKEYS);
}

/** Keeps a new passkey of the account; false for one that is not in order, that some account has, or that is one too many. */
export async function addPasskey(
  { db, origin, browser, now }: Here,
  {
    accountId,
    name,
    response,
  }: { readonly accountId: string; readonly name: string; readonly response: Registration },
): Promise<boolean> {
  const { verifyRegistrationResponse } = await library();
  const verified = await verifyRegistrationResponse({
    response,
    expectedChallenge: (challenge) => takeChallenge(db, challenge, browser, now),
    expectedOrigin: origin,
    expectedRPID: new URL(origin).hostname,
    requireUserVerification: true,
  }).catch(() => undefined);
  if (!verified?.verified) return false;
  const { id, publicKey, counter } = verified.registrationInfo.credential;
  const transports = response.response.transports.join(",");
  // One statement: of many at once none gets past the last place, where the account's page would not show it.
  const kept = await db.all(sql`
    insert into passkeys (id, account_id, public_key, counter, transports, name, created_at)
    select ${id}, ${accountId}, ${toBase64(publicKey)}, ${counter}, ${transports}, ${name}, ${now}
    where (select count(*) from passkeys where account_id = ${accountId}) < ${MAX_PASSKEYS}
    on conflict do nothing returning id`);
  return kept.length > 0;
}

/** The account whose passkey signed, and whether it is suspended; undefined for every signature that does not count. */
export async function accountOfPasskey(
  { db, origin, browser, now }: Here,
  response: Assertion,
): Promise<{ readonly accountId: string; readonly isSuspended: boolean } | undefined> {
  const known = await db
    .select({ passkey: passkeys, status: accounts.status })
    .from(passkeys)
    .innerJoin(accounts, eq(accounts.id, passkeys.accountId))
    .where(eq(passkeys.id, response.id))
    .get();
  if (!known) return undefined;
  const { id, publicKey, counter, accountId } = known.passkey;
  const { verifyAuthenticationResponse } = await library();
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge: (challenge) => takeChallenge(db, challenge, browser, now),
    expectedOrigin: origin,
    expectedRPID: new URL(origin).hostname,
    credential: { id, publicKey: fromBase64(publicKey), counter },
    requireUserVerification: true,
  }).catch(() => undefined);
  if (!verified?.verified) return undefined;
  const used = { counter: verified.authenticationInfo.newCounter, lastUsedAt: now };
  await db.update(passkeys).set(used).where(eq(passkeys.id, id));
  return { accountId, isSuspended: known.status === "suspended" };
}

export async function removePasskey(db: Database, accountId: string, id: string): Promise<void> {
  await db.delete(passkeys).where(and(eq(passkeys.accountId, accountId), eq(passkeys.id, id)));
}
