// A browser that signs in by e-mail, step by step.
import { call, ORIGIN } from "./api.ts";
import type { Mailbox } from "./mailbox.ts";
import { cookieOf } from "./members.ts";

type Bindings = Readonly<Record<string, unknown>>;
type Fields = Readonly<Record<string, string>>;

const BROWSER_COOKIE = "__Host-edgepix-browser";

/** Bindings with which codes come into this mailbox; each caller from an address of its own. */
export function mailing(mailbox: Mailbox, bindings: Bindings = {}): Bindings {
  return { EMAIL: mailbox.binding, MAIL_FROM: "codes@edgepix.test", SIGNUPS: "open", ...bindings };
}

let lastAddress = 0;
/** An address that nobody had before: rates are an address's. */
export const freshAddress = (): string => `2001:db8:${(++lastAddress).toString(16)}::1`;

export interface Waiting {
  readonly response: Response;
  readonly text: string;
  readonly email: string;
  /** Where the browser is. */
  readonly address: string;
  /** What the browser holds while it waits. */
  readonly cookie: string;
  readonly formToken: string;
}

/** Sends the form with the address. */
export async function askForCode(
  email: string,
  bindings: Bindings,
  { path = "/sign-in", address = freshAddress(), origin = ORIGIN, cookie: held = "", ...fields }: Fields = {},
): Promise<Waiting> {
  const headers = { Origin: origin, "CF-Connecting-IP": address, ...(held && { Cookie: held }) };
  const body = new URLSearchParams({ email, ...fields });
  const response = await call(origin + path, { method: "POST", headers, body }, bindings);
  const text = await response.text();
  const cookie = cookieOf(response, BROWSER_COOKIE)?.split(";")[0] ?? "";
  const formToken = /name="form_token" value="(\w+)"/.exec(text)?.[1] ?? "";
  return { response, text, email, address, cookie, formToken };
}

/** Sends the form with the code, from the browser that waits for it. */
export function sendCode(
  waiting: Waiting,
  code: string,
  bindings: Bindings,
  { path = "/sign-in", cookie = waiting.cookie, ...fields }: Fields = {},
): Promise<Response> {
  const body = new URLSearchParams({ form_token: waiting.formToken, email: waiting.email, code, ...fields });
  const headers = { Origin: ORIGIN, Cookie: cookie, "CF-Connecting-IP": waiting.address };
  return call(`${path}/code`, { method: "POST", headers, body }, bindings);
}

/** A code that is not this one. */
export const otherThan = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, "0");
