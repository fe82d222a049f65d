// Who is signed in calls as its account: the same rates, quotas and stories as for a key.
import { createMiddleware } from "hono/factory";
import type { Member } from "../../accounts/sessions.ts";
import type { MemberEnv } from "../app-env.ts";

/** Comes after `requireMember`. */
export const asCaller = createMiddleware<MemberEnv>(async (c, next) => {
  // `requireMember` lets everybody pass to where nothing is: a 404 or a 405 says so.
  const member: Member | null = c.var.member;
  if (member) c.set("caller", { kind: "member", account: member.account, sessionId: member.sessionId });
  await next();
});
