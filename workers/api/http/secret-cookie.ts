// A cookie that carries one of our secrets: which browser this is, to whoever holds its hash.
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { isShapedLikeSecret } from "../accounts/secret.ts";

interface SecretCookie {
  readonly name: string;
  /** Whether it comes along when another site leads here. */
  readonly sameSite: "Lax" | "Strict";
  readonly milliseconds: number;
}

/** `__Host-`: no other host of the domain can set it. Browsers take it over http on localhost, too. */
export function secretCookie({ name, sameSite, milliseconds }: SecretCookie) {
  const prefixed = `__Host-edgepix-${name}`;
  const options = { path: "/", secure: true, httpOnly: true, sameSite } as const;
  return {
    /** What is not shaped like one of our secrets is none, and D1 is not asked. */
    read(c: Context): string | undefined {
      const secret = getCookie(c, prefixed);
      return secret !== undefined && isShapedLikeSecret(secret) ? secret : undefined;
    },
    /** Call it when the answer is there, or make the answer with `c`. */
    set(c: Context, secret: string): void {
      setCookie(c, prefixed, secret, { ...options, maxAge: milliseconds / 1_000 });
    },
    clear(c: Context): void {
      deleteCookie(c, prefixed, options);
    },
  };
}
