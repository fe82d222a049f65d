// The account's page with what is asked for it; several forms come back to it when they are refused.
import type { Context } from "hono";
import { listPasskeys } from "../accounts/passkeys/passkeys.ts";
import { listSessions } from "../accounts/sessions.ts";
import { openDatabase } from "../database.ts";
import { AccountPage } from "../pages/account/account-page.tsx";
import { htmlAnswer } from "../pages/html-answer.ts";
import type { MemberEnv } from "./app-env.ts";
import { mailerFor } from "./sending.ts";
import { visitorOf } from "./visitor-of.ts";

interface Refused {
  readonly problem: string;
  readonly status: 403 | 409 | 422 | 429 | 502 | 503;
}

export async function accountPage(c: Context<MemberEnv>, refused?: Refused): Promise<Response> {
  const { member } = c.var;
  const db = openDatabase(c.env.DB);
  const sessions = await listSessions(db, member.account.id, Date.now());
  const page = (
    <AccountPage
      visitor={visitorOf(c.var)}
      email={member.email}
      plan={member.account.plan}
      sendsMail={mailerFor(c) !== null}
      sessions={sessions.map((session) => ({ ...session, isThis: session.id === member.sessionId }))}
      passkeys={await listPasskeys(db, member.account.id)}
      problem={refused?.problem ?? null}
    />
  );
  return htmlAnswer(page, { status: refused?.status ?? 200, sends: true });
}
