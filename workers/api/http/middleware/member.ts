// Who is here in person: the account behind the session cookie. For pages only; /v1 knows keys and no cookies.
import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { matchedRoutes } from "hono/route";
import { ApiError } from "../../../shared/api-error.ts";
import { logError } from "../../../shared/log.ts";
import { formTokenOf } from "../../accounts/form-token.ts";
import { findMember, isUseDue, type Member, noteUse } from "../../accounts/sessions.ts";
import { openDatabase } from "../../database.ts";
import type { AppEnv, MemberEnv } from "../app-env.ts";
import { sessionCookie } from "../cookies.ts";
import { signInPath } from "../next-path.ts";

/** Where somebody may still go whose account is being deleted. */
export const DELETION_PATH = "/account/deletion";

/** Puts the member and the token of its forms into the context, or null; no cache keeps what a member is shown. Without a cookie D1 is not asked. */
export const readMember = createMiddleware<AppEnv>(async (c, next) => {
  // Another router of the same address has looked.
  const known: Member | null | undefined = c.get("member");
  if (known !== undefined) return next();
  const secret = sessionCookie.read(c);
  c.set("member", null);
  if (secret === undefined) return next();
  const now = Date.now();
  const db = openDatabase(c.env.DB);
  const member = await findMember(db, secret, now);
  if (!member) {
    await next();
    // Unless it signed in just now.
    if (c.res.headers.getSetCookie().length === 0) sessionCookie.clear(c);
    return;
  }
  c.set("member", member);
  c.set("formToken", await formTokenOf(secret));
  const isDue = isUseDue(member, now);
  if (isDue) {
    const noted = noteUse(db, member, now).catch((error) => logError("a session's use was not noted", error));
    c.executionCtx.waitUntil(noted);
  }
  await next();
  // Not even the browser's own cache, which shows a page to whoever goes back after a sign-out.
  c.header("Cache-Control", "private, no-store");
  if (isDue && c.res.headers.getSetCookie().length === 0) sessionCookie.set(c, secret);
});

/** Lets only members pass who may act; others are led to sign in, and back. Comes after `readMember`. */
export const requireMember = createMiddleware<MemberEnv>(async (c, next) => {
  if (!isTaken(c)) return next();
  const member: Member | null = c.var.member;
  const { pathname, search } = new URL(c.req.url);
  if (!member) return c.redirect(signInPath(c.req.method === "GET" ? pathname + search : ""), 303);
  if (member.isSuspended) throw new ApiError("app_suspended");
  if (member.isBeingDeleted && pathname !== DELETION_PATH) return c.redirect(DELETION_PATH, 303);
  await next();
  // A search engine has no session: it is led to the sign-in page, and that asks not to be found.
  c.header("X-Robots-Tag", undefined);
});

/** Whether a page takes this method: one that none takes is refused with 405, whoever sends it. */
function isTaken(c: Context): boolean {
  const asked = c.req.method === "HEAD" ? "GET" : c.req.method;
  return asked !== "OPTIONS" && matchedRoutes(c).some(({ method }) => method === asked);
}

/** Others than operators find nothing here. Comes after `requireMember`. */
export const requireOperator = createMiddleware<MemberEnv>(async (c, next) => {
  if (isTaken(c) && !c.var.member.isOperator) throw new ApiError("not_found");
  await next();
});
