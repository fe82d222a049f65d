// Passkeys over HTTP: scripts of the account page and the sign-in page ask for options, and send what the browser answered.
import type { Context } from "hono";
import type * as z from "zod";
import { assertionSchema, registrationSchema } from "../../../../schema/passkeys.ts";
import { MAX_PASSKEYS } from "../../../../schema/plans.ts";
import { addressLedgerName } from "../../accounts/accounting.ts";
import { agentInWords } from "../../accounts/agent-in-words.ts";
import { newChallenge } from "../../accounts/passkeys/challenges.ts";
import {
  accountOfPasskey,
  addPasskey,
  listPasskeys,
  removePasskey,
} from "../../accounts/passkeys/passkeys.ts";
import { newSecret } from "../../accounts/secret.ts";
import { openDatabase } from "../../database.ts";
import { hourly } from "../../ledger/rate.ts";
import type { AppEnv } from "../app-env.ts";
import { callerAddress } from "../caller-address.ts";
import { browserCookie } from "../cookies.ts";
import { startSessionHere } from "../enter.ts";
import { asNobody } from "../middleware/credentials.ts";
import { readMember, requireMember } from "../middleware/member.ts";
import { ourOrigin, ownForm } from "../middleware/own-form.ts";
import { rateLimit } from "../middleware/rate-limit.ts";
import { safeNext } from "../next-path.ts";
import { waitInWords } from "../sending.ts";
import { createMemberPages, createPages } from "./page-router.ts";
import { jsonBody } from "./router.ts";

export const passkeys = createMemberPages();
export const passkeySignIn = createPages();

const TIMEOUT_MILLISECONDS = 300_000;
/** Of one address: each is a row for five minutes. */
const ASKED_PER_HOUR = 60;
/** ES256, RS256, EdDSA: what authenticators and the platform's verifier have in common. */
const algorithms = [-8, -7, -257];

passkeys.use("/account/passkeys/*", readMember, requireMember);

passkeys.post("/account/passkeys/options", ownForm, async (c) => {
  const tooMany = await countQuestion(c);
  if (tooMany) return tooMany;
  const { account, name, email, sessionId } = c.var.member;
  const db = openDatabase(c.env.DB);
  const known = await listPasskeys(db, account.id);
  if (known.length >= MAX_PASSKEYS)
    return c.json({ problem: `An account has at most ${MAX_PASSKEYS} passkeys.` }, 403);
  return c.json({
    challenge: await newChallenge(db, sessionId, Date.now()),
    rp: { id: hostOf(c), name: "edgepix" },
    user: {
      id: new TextEncoder().encode(account.id).toBase64({ alphabet: "base64url", omitPadding: true }),
      name: email ?? name,
      displayName: name,
    },
    pubKeyCredParams: algorithms.map((alg) => ({ type: "public-key", alg })),
    excludeCredentials: known.map(({ id }) => ({ type: "public-key", id })),
    authenticatorSelection: {
      residentKey: "required",
      requireResidentKey: true,
      userVerification: "required",
    },
    attestation: "none",
    timeout: TIMEOUT_MILLISECONDS,
  });
});

passkeys.post("/account/passkeys", ownForm, ...jsonBody, async (c) => {
  const { account, sessionId } = c.var.member;
  const said = await read(c, registrationSchema);
  const name = agentInWords(c.req.header("User-Agent") ?? "");
  const here = { ...hereOf(c), browser: sessionId };
  const isKept = said && (await addPasskey(here, { accountId: account.id, name, response: said.response }));
  return isKept
    ? c.json({ next: "/account#passkeys" })
    : c.json({ problem: "That passkey is not in order." }, 403);
});

passkeys.post("/account/passkeys/remove", ownForm, async (c) => {
  await removePasskey(openDatabase(c.env.DB), c.var.member.account.id, c.var.form.get("passkey") ?? "");
  return c.redirect("/account#passkeys", 303);
});

passkeySignIn.post("/sign-in/passkey/options", asNobody, rateLimit, ourOrigin, async (c) => {
  const tooMany = await countQuestion(c);
  if (tooMany) return tooMany;
  const browser = newSecret();
  browserCookie.set(c, browser);
  const challenge = await newChallenge(openDatabase(c.env.DB), browser, Date.now());
  return c.json({ challenge, rpId: hostOf(c), userVerification: "required", timeout: TIMEOUT_MILLISECONDS });
});

// The same words whether the passkey is unknown, removed or signed something else.
passkeySignIn.post("/sign-in/passkey", asNobody, rateLimit, ourOrigin, ...jsonBody, async (c) => {
  const said = await read(c, assertionSchema);
  const browser = browserCookie.read(c);
  const found = said && browser && (await accountOfPasskey({ ...hereOf(c), browser }, said.response));
  if (!found) return c.json({ problem: "That passkey opens nothing here." }, 403);
  if (found.isSuspended) return c.json({ problem: "This account is suspended." }, 403);
  await startSessionHere(c, found.accountId);
  return c.json({ next: safeNext(said.next) });
});

/** Undefined while the address may still ask. */
async function countQuestion<E extends AppEnv>(c: Context<E>): Promise<Response | undefined> {
  const ledger = c.env.LEDGER.getByName(addressLedgerName(callerAddress(c.req.raw)));
  const { allowed, resetSeconds } = await ledger.takeLongRate(
    "passkeys",
    [hourly(ASKED_PER_HOUR)],
    Date.now(),
  );
  if (allowed) return undefined;
  c.header("Retry-After", String(resetSeconds));
  return c.json({ problem: `Too many tries. Try again ${waitInWords(resetSeconds)}.` }, 429);
}

function hereOf<E extends AppEnv>(c: Context<E>) {
  return { db: openDatabase(c.env.DB), origin: new URL(c.req.url).origin, now: Date.now() };
}

const hostOf = <E extends AppEnv>(c: Context<E>): string => new URL(c.req.url).hostname;

async function read<E extends AppEnv, T>(c: Context<E>, schema: z.ZodType<T>): Promise<T | undefined> {
  const body: unknown = await c.req.json().catch(() => undefined);
  const result = schema.safeParse(body);
  return result.success ? result.data : undefined;
}
