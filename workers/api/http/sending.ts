// What a route needs to send a code or to try one.
import type { Context } from "hono";
import type { Sending } from "../accounts/codes/send-code.ts";
import { type Mailer, mailerOf } from "../accounts/mail/mailer.ts";
import type { AppEnv } from "./app-env.ts";
import { callerAddress } from "./caller-address.ts";

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
    host: new URL(c.var.origins.page).host,
    now: Date.now(),
  };
}

/** A wait in words. */
export function waitInWords(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  if (minutes <= 1) return "in a minute";
  return minutes < 90 ? `in ${minutes} minutes` : `in ${Math.ceil(minutes / 60)} hours`;
}
