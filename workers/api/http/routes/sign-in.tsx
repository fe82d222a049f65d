// In by e-mail: an address, then the code that was sent to it. Nothing here tells whether an address has an account.
import type { Context } from "hono";
import { readCode } from "../../accounts/codes/code.ts";
import { sendCode } from "../../accounts/codes/send-code.ts";
import { tryCode } from "../../accounts/codes/try-code.ts";
import { normalEmail } from "../../accounts/email.ts";
import { formTokenOf } from "../../accounts/form-token.ts";
import { isShapedLikeSecret, newSecret } from "../../accounts/secret.ts";
import { findOrSignUp } from "../../accounts/sign-up.ts";
import { isHuman, turnstileOf } from "../../accounts/turnstile.ts";
import { openDatabase } from "../../database.ts";
import { CodePage } from "../../pages/account/code-page.tsx";
import { SignInPage, type SignInPageProps } from "../../pages/account/sign-in-page.tsx";
import { htmlAnswer } from "../../pages/html-answer.ts";
import type { AppEnv } from "../app-env.ts";
import { browserCookie, deviceCookie, passCookie } from "../cookies.ts";
import { enter } from "../enter.ts";
import { asNobody } from "../middleware/credentials.ts";
import { readMember } from "../middleware/member.ts";
import { browserForm, fromHere } from "../middleware/own-form.ts";
import { rateLimit } from "../middleware/rate-limit.ts";
import { safeNext } from "../next-path.ts";
import { codesOf, mailerFor, sendingWith, tooManyCodes } from "../sending.ts";
import { createPages } from "./page-router.ts";

export const signIn = createPages();

type Kind = SignInPageProps["kind"];
type Fields = Readonly<Record<"email" | "next" | "invitation", string>>;
type Status = 200 | 403 | 422 | 429 | 502 | 503;

for (const kind of ["sign-in", "sign-up"] as const) {
  signIn.get(`/${kind}`, readMember, async (c) => {
    const asked = {
      email: "",
      next: safeNext(c.req.query("next")),
      invitation: c.req.query("invitation") ?? "",
    };
    if (c.var.member) return c.redirect(asked.next, 303);
    c.res = await firstStep(c, kind, asked);
    const pass = c.req.query("pass") ?? "";
    if (isShapedLikeSecret(pass)) passCookie.set(c, pass);
    return c.res;
  });
  signIn.post(`/${kind}`, asNobody, rateLimit, fromHere, (c) => send(c, kind, fieldsOf(c.var.form)));
  // Who loads the second step anew begins with the first.
  signIn.get(`/${kind}/code`, (c) => c.redirect(`/${kind}`, 303));
  signIn.post(`/${kind}/code`, asNobody, rateLimit, browserForm, (c) =>
    finish(c, kind, fieldsOf(c.var.form)),
  );
}

function fieldsOf(form: URLSearchParams): Fields {
  const field = (name: string) => form.get(name) ?? "";
  return { email: field("email"), next: safeNext(field("next")), invitation: field("invitation") };
}

async function send(c: Context<AppEnv>, kind: Kind, fields: Fields): Promise<Response> {
  const refuse = (problem: string, status: Status) => firstStep(c, kind, fields, { problem, status });
  const email = normalEmail(fields.email);
  if (!email) return refuse("That is no e-mail address.", 422);
  const mailer = mailerFor(c);
  if (!mailer) return refuse("This deployment sends no e-mail yet.", 503);
  const turnstile = turnstileOf(c.var.settings);
  if (turnstile === "half") return refuse("Signing in by e-mail is not set up rightly here.", 503);
  const token = c.var.form.get("cf-turnstile-response") ?? "";
  const address = c.req.header("CF-Connecting-IP");
  if (turnstile !== "off" && !(await isHuman(turnstile.secretKey, token, address)))
    return refuse("The check that you are no program failed. Try it again.", 403);
  const browserSecret = newSecret();
  const sent = await sendCode({ browserSecret, purpose: "sign in", email }, sendingWith(c, mailer));
  if (sent.outcome === "too many") {
    const answer = await refuse(tooManyCodes(sent.resetSeconds), 429);
    answer.headers.set("Retry-After", String(sent.resetSeconds));
    return answer;
  }
  if (sent.outcome === "not sent") return refuse("The mail could not be sent. Try again in a minute.", 502);
  c.res = await secondStep(kind, { ...fields, email }, { browserSecret, shownCode: sent.shownCode });
  browserCookie.set(c, browserSecret);
  return c.res;
}

async function finish(c: Context<AppEnv>, kind: Kind, fields: Fields): Promise<Response> {
  const browserSecret = browserCookie.read(c) ?? "";
  const email = normalEmail(fields.email);
  const code = readCode(c.var.form.get("code") ?? "");
  if (!email) return firstStep(c, kind, fields, { problem: "That is no e-mail address.", status: 422 });
  const wrong = (problem: string) => secondStep(kind, { ...fields, email }, { browserSecret, problem });
  if (!code) return wrong("A code has six digits.");
  const now = Date.now();
  const device = deviceCookie.read(c) ?? newSecret();
  const asked = { browserSecret, purpose: "sign in", email };
  const tried = await tryCode(asked, code, { codesOf: codesOf(c.env), device, now });
  if (tried === "wrong") return wrong("That is not the code. Look again at the newest mail.");
  if (tried === "over") {
    const problem =
      "This code is not good any more: it was used, is too old, or was mistyped five times. Ask for another.";
    return firstStep(c, kind, { ...fields, email }, { problem, status: 403 });
  }
  const { SIGNUPS: signUps } = c.var.settings;
  const { invitation, next } = fields;
  const found = await findOrSignUp(openDatabase(c.env.DB), { email, invitation, signUps, now });
  switch (found.outcome) {
    case "found":
    case "made":
      deviceCookie.set(c, device);
      passCookie.clear(c);
      return enter(c, found.accountId, next);
    case "suspended":
      return firstStep(c, kind, fields, { problem: "This account is suspended.", status: 403 });
    case "refused": {
      const problem = invitation
        ? "There is no account with this address, and the invitation is not good any more: ask the operator for another."
        : "There is no account with this address, and signing up is not open here.";
      return firstStep(c, kind, { ...fields, email: "" }, { problem, status: 403 });
    }
  }
}

function firstStep(
  c: Context<AppEnv>,
  kind: Kind,
  fields: Fields,
  { problem = null, status = 200 }: { readonly problem?: string | null; readonly status?: Status } = {},
): Promise<Response> {
  const turnstile = turnstileOf(c.var.settings);
  const siteKey = typeof turnstile === "string" ? null : turnstile.siteKey;
  const { SIGNUPS: signUps } = c.var.settings;
  const sendsMail = mailerFor(c) !== null;
  return htmlAnswer(<SignInPage {...{ kind, ...fields, signUps, sendsMail, siteKey, problem }} />, {
    status,
    asksTurnstile: siteKey !== null,
    // The script of passkeys asks for options.
    sends: kind === "sign-in",
  });
}

interface Second {
  readonly browserSecret: string;
  readonly shownCode?: string | null;
  readonly problem?: string;
}

async function secondStep(
  kind: Kind,
  { email, next, invitation }: Fields,
  second: Second,
): Promise<Response> {
  const { browserSecret, shownCode = null, problem = null } = second;
  const page = (
    <CodePage
      action={`/${kind}/code`}
      again={`/${kind}?next=${encodeURIComponent(next)}&invitation=${encodeURIComponent(invitation)}`}
      hidden={{ next, invitation }}
      formToken={await formTokenOf(browserSecret)}
      {...{ email, shownCode, problem }}
    />
  );
  return htmlAnswer(page, { status: problem === null ? 200 : 422 });
}
