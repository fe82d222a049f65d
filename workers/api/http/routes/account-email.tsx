// Another address for an account: a code goes there, and only then it counts.
import type { Context } from "hono";
import { logError } from "../../../shared/log.ts";
import { changeEmail } from "../../accounts/change-own.ts";
import { readCode } from "../../accounts/codes/code.ts";
import { sendCode } from "../../accounts/codes/send-code.ts";
import { tryCode } from "../../accounts/codes/try-code.ts";
import { normalEmail } from "../../accounts/email.ts";
import { newSecret } from "../../accounts/secret.ts";
import { openDatabase } from "../../database.ts";
import { CodePage } from "../../pages/account/code-page.tsx";
import { htmlAnswer } from "../../pages/html-answer.ts";
import { accountPage } from "../account-page.tsx";
import type { MemberEnv } from "../app-env.ts";
import { browserCookie, deviceCookie } from "../cookies.ts";
import { readMember, requireMember } from "../middleware/member.ts";
import { ownForm } from "../middleware/own-form.ts";
import { codesOf, mailerFor, sendingWith, tooManyCodes } from "../sending.ts";
import { createMemberPages } from "./page-router.ts";

export const accountEmail = createMemberPages();

accountEmail.use("/account/email/*", readMember, requireMember);

accountEmail.post("/account/email", ownForm, async (c) => {
  const email = normalEmail(c.var.form.get("email") ?? "");
  if (!email) return accountPage(c, { problem: "That is no e-mail address.", status: 422 });
  const mailer = mailerFor(c);
  if (!mailer) return accountPage(c, { problem: "This deployment sends no e-mail yet.", status: 503 });
  const browserSecret = newSecret();
  const sent = await sendCode({ browserSecret, purpose: purposeOf(c), email }, sendingWith(c, mailer));
  if (sent.outcome === "too many") {
    const answer = await accountPage(c, { problem: tooManyCodes(sent.resetSeconds), status: 429 });
    answer.headers.set("Retry-After", String(sent.resetSeconds));
    return answer;
  }
  if (sent.outcome === "not sent")
    return accountPage(c, { problem: "The mail could not be sent. Try again in a minute.", status: 502 });
  c.res = await codePage(c, email, { shownCode: sent.shownCode });
  browserCookie.set(c, browserSecret);
  return c.res;
});

accountEmail.post("/account/email/code", ownForm, async (c) => {
  const { member, form } = c.var;
  const email = normalEmail(form.get("email") ?? "");
  const browserSecret = browserCookie.read(c);
  const code = readCode(form.get("code") ?? "");
  if (!email || !browserSecret)
    return accountPage(c, { problem: "This browser waits for no code. Begin again.", status: 403 });
  if (!code) return codePage(c, email, { problem: "A code has six digits." });
  const asked = { browserSecret, purpose: purposeOf(c), email };
  const device = deviceCookie.read(c) ?? newSecret();
  const tried = await tryCode(asked, code, { codesOf: codesOf(c.env), device, now: Date.now() });
  if (tried === "wrong")
    return codePage(c, email, { problem: "That is not the code. Look again at the newest mail." });
  if (tried === "over")
    return accountPage(c, { problem: "This code is not good any more. Ask for another.", status: 403 });
  if (!(await changeEmail(openDatabase(c.env.DB), member.account.id, email)))
    return accountPage(c, { problem: "Another account has this address.", status: 409 });
  c.executionCtx.waitUntil(tellOldAddress(c, member.email, email));
  deviceCookie.set(c, device);
  return c.redirect("/account", 303);
});

/** A code for one account's new address is none for another's, and none to sign in with. */
const purposeOf = (c: Context<MemberEnv>): string => `address of ${c.var.member.account.id}`;

/** Whoever took an account over must not do it in silence. */
async function tellOldAddress(c: Context<MemberEnv>, old: string | null, email: string): Promise<void> {
  const mailer = mailerFor(c);
  if (!mailer || old === null || old === email) return;
  const { host } = new URL(c.var.origins.page);
  const text = `The address of your account on ${host} was changed: codes go to another one from now on. If that was not you, tell the operator.`;
  await mailer
    .send({ to: old, subject: `Your address on ${host} was changed`, text })
    .catch((error) => logError("a mail was not sent", error));
}

function codePage(
  c: Context<MemberEnv>,
  email: string,
  {
    shownCode = null,
    problem = null,
  }: { readonly shownCode?: string | null; readonly problem?: string | null },
): Promise<Response> {
  const page = (
    <CodePage
      action="/account/email/code"
      again="/account"
      hidden={{}}
      formToken={c.var.formToken}
      {...{ email, shownCode, problem }}
    />
  );
  return htmlAnswer(page, { status: problem === null ? 200 : 422 });
}
