// What a passkey is asked to sign: told once, to one browser, and taken out with the first answer.
import { and, eq, gt } from "drizzle-orm";
import { passkeyChallenges } from "../../../../schema/tables.ts";
import type { Database } from "../../database.ts";
import { hashSecret } from "../secret.ts";

const GOOD_MILLISECONDS = 5 * 60_000;

/** 256 bits as base64url. */
export async function newChallenge(db: Database, browser: string, now: number): Promise<string> {
  const challenge = crypto
    .getRandomValues(new Uint8Array(32))
    .toBase64({ alphabet: "base64url", omitPadding: true });
  const row = { challenge, browserHash: await hashSecret(browser), expiresAt: now + GOOD_MILLISECONDS };
  await db.insert(passkeyChallenges).values(row);
  return challenge;
}

/** Whether it was told to this browser; afterwards it never was. */
export async function takeChallenge(
  db: Database,
  challenge: string,
  browser: string,
  now: number,
): Promise<boolean> {
  const isGood = and(
    eq(passkeyChallenges.challenge, challenge),
    eq(passkeyChallenges.browserHash, await hashSecret(browser)),
    gt(passkeyChallenges.expiresAt, now),
  );
  const taken = await db
    .delete(passkeyChallenges)
    .where(isGood)
    .returning({ challenge: passkeyChallenges.challenge });
  return taken.length > 0;
}
