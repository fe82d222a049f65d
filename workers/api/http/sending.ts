// What a route needs to send a code or to try one.
import type { Context } from "hono";
import type { Sending } from "../accounts/codes/send-code.ts";
import { type Mailer, mailerOf } from "../accounts/mail/mailer.ts";
import type { AppEnv } from "./app-env.ts";
import { callerAddress, callerNetwork } from "./caller-address.ts";
import { deviceCookie, passCookie } from "./cookies.ts";

export function mailerFor<E extends AppEnv>(c: Context<E>): Mailer | null {
  return mailerOf({ env: c.env, settings: c.var.settings, url: c.req.url });
}

/** The object of one address. */
export function codesOf(env: ApiEnv) {
  return (email: string) => env.CODES.getByName(email);
}

export function sendingWith<E extends AppEnv>(c: Context<E>, mailer: Mailer): Sending {
  return {
    codesOf: codesOf(c.env),
    ledgerNamed: (name) => c.env.LEDGER.getByName(name),
    mailer,
    settings: c.var.settings,
    caller: callerAddress(c.req.raw),
    network: callerNetwork(c.req.raw),
    known: [deviceCookie.read(c), passCookie.read(c)].filter((secret) => secret !== undefined),
    origin: c.var.origins.page,
    now: Date.now(),
  };
}

/** Why no code was sent. The same words for every address. */
export function tooManyCodes(seconds: number): string {
  return `Too many codes were asked for. Try again ${waitInWords(seconds)}, open the link in the newest mail that we sent, or use a passkey.`;
}

/** A wait in words. */
export function waitInWords(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  if (minutes <= 1) return "in a minute";
  return minutes < 90 ? `in ${minutes} minutes` : `in ${Math.ceil(minutes / 60)} hours`;
}
