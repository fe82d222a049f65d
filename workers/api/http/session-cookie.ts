// The cookie of a signed-in browser. Pages read it and nothing else: the API knows keys only.
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { SESSION_MILLISECONDS } from "../accounts/sessions.ts";

/** `__Host-`: no other host of the domain can set it. Browsers take it over http on localhost, too. */
const NAME = "__Host-edgepix-session";
const options = { path: "/", secure: true, httpOnly: true, sameSite: "Lax" } as const;

/** What is not shaped like one of our secrets is none, and D1 is not asked. */
export function readSessionCookie(c: Context): string | undefined {
  const secret = getCookie(c, NAME);
  return secret !== undefined && /^[0-9A-Za-z]{43}$/.test(secret) ? secret : undefined;
}

/** Call it when the answer is there, or make the answer with `c`. */
export function setSessionCookie(c: Context, secret: string): void {
  setCookie(c, NAME, secret, { ...options, maxAge: SESSION_MILLISECONDS / 1_000 });
}

export function clearSessionCookie(c: Context): void {
  deleteCookie(c, NAME, options);
}
