// The cookie of a browser that waits for a code, or for its passkey: only there the answer counts.
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { CODE_MILLISECONDS } from "../accounts/codes/codes.ts";

const NAME = "__Host-edgepix-browser";
const options = { path: "/", secure: true, httpOnly: true, sameSite: "Strict" } as const;

/** The browser's secret; undefined where there is none that we made. */
export function readBrowserCookie(c: Context): string | undefined {
  const secret = getCookie(c, NAME);
  return secret !== undefined && /^[0-9A-Za-z]{43}$/.test(secret) ? secret : undefined;
}

/** Call it when the answer is there. */
export function setBrowserCookie(c: Context, secret: string): void {
  setCookie(c, NAME, secret, { ...options, maxAge: CODE_MILLISECONDS / 1_000 });
}

export function clearBrowserCookie(c: Context): void {
  deleteCookie(c, NAME, options);
}
