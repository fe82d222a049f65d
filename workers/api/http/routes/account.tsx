// One's own account: `/account`, its sessions, and the way out.
import { endOtherSessions, endSession, listSessions } from "../../accounts/sessions.ts";
import { openDatabase } from "../../database.ts";
import { AccountPage } from "../../pages/account/account-page.tsx";
import { SignOutPage } from "../../pages/account/sign-out-page.tsx";
import { htmlAnswer } from "../../pages/html-answer.ts";
import { readMember, requireMember } from "../middleware/member.ts";
import { ownForm } from "../middleware/own-form.ts";
import { clearSessionCookie } from "../session-cookie.ts";
import { visitorOf } from "../visitor-of.ts";
import { createMemberPages } from "./page-router.ts";

export const account = createMemberPages();

account.use("/account/*", readMember, requireMember);

account.get("/account", async (c) => {
  const { member } = c.var;
  const sessions = await listSessions(openDatabase(c.env.DB), member.account.id, Date.now());
  const lines = sessions.map((session) => ({ ...session, isThis: session.id === member.sessionId }));
  return htmlAnswer(<AccountPage visitor={visitorOf(c.var)} email={member.email} sessions={lines} />);
});

account.post("/account/sessions/end", ownForm, async (c) => {
  const { member, form } = c.var;
  await endSession(openDatabase(c.env.DB), member.account.id, form.get("session") ?? "");
  return c.redirect("/account#sessions", 303);
});

account.post("/account/sessions/end-others", ownForm, async (c) => {
  const { member } = c.var;
  await endOtherSessions(openDatabase(c.env.DB), member.account.id, member.sessionId);
  return c.redirect("/account#sessions", 303);
});

account.get("/sign-out", readMember, async (c) =>
  c.var.member ? htmlAnswer(<SignOutPage visitor={visitorOf(c.var)} />) : c.redirect("/", 303),
);

// Who is suspended may leave, too.
account.post(
  "/sign-out",
  readMember,
  async (c, next) => {
    if (c.var.member === null) return c.redirect("/", 303);
    return next();
  },
  ownForm,
  async (c) => {
    const { member } = c.var;
    await endSession(openDatabase(c.env.DB), member.account.id, member.sessionId);
    clearSessionCookie(c);
    return c.redirect("/", 303);
  },
);
