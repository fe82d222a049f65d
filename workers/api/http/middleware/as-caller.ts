// Who is signed in calls as its account: the same rates, quotas and stories as for a key.
import { createMiddleware } from "hono/factory";
import type { MemberEnv } from "../app-env.ts";

/** Comes after `requireMember`. */
export const asCaller = createMiddleware<MemberEnv>(async (c, next) => {
  const { account, sessionId } = c.var.member;
  c.set("caller", { kind: "member", account, sessionId });
  await next();
});
