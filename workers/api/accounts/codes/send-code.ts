// Sends a code to an address. What happens here is the same whether an account has that address or not: nobody looks.
import { logError } from "../../../shared/log.ts";
import { hourly, type RateOutcome } from "../../ledger/rate.ts";
import type { Settings } from "../../settings.ts";
import { addressLedgerName, type LedgerStub } from "../accounting.ts";
import type { Mailer } from "../mail/mailer.ts";
import { hashSecret, newSecret } from "../secret.ts";
import { type Asked, macOf, newCode } from "./code.ts";
import type { Codes } from "./codes.ts";

/** Counts the mails of the whole deployment. */
export const MAIL_LEDGER = "mail";
/** Of one address of the network. */
const ASKED_PER_HOUR = 20;

export interface Sending {
  readonly codesOf: (email: string) => Pick<DurableObjectStub<Codes>, "issue" | "takeBack">;
  readonly ledgerNamed: (name: string) => Pick<LedgerStub, "takeLongRate">;
  readonly mailer: Mailer;
  readonly settings: Settings;
  /** The network address that asks. */
  readonly caller: string;
  /** The network around it. */
  readonly network: string;
  /** Secrets by which the address may know this browser. */
  readonly known: readonly string[];
  /** Where this deployment's pages are. */
  readonly origin: string;
  readonly now: number;
}

export type SendOutcome =
  | {
      readonly outcome: "sent" /** Shown on the page in local development only. */;
      readonly shownCode: string | null;
    }
  | { readonly outcome: "too many"; readonly resetSeconds: number }
  | { readonly outcome: "not sent" };

export async function sendCode(asked: Asked, sending: Sending): Promise<SendOutcome> {
  const { ledgerNamed, mailer, caller, network, origin, now } = sending;
  const ofCaller = ledgerNamed(addressLedgerName(caller));
  const callers = await ofCaller.takeLongRate("codes", [hourly(ASKED_PER_HOUR)], now);
  if (!callers.allowed) return { outcome: "too many", resetSeconds: callers.resetSeconds };
  const code = newCode();
  const browserHash = await hashSecret(asked.browserSecret);
  const codes = sending.codesOf(asked.email);
  const pass = newSecret();
  const known = await Promise.all(sending.known.map(hashSecret));
  const asker = { network, known, passHash: await hashSecret(pass) };
  const issued = await codes.issue({ browserHash, mac: await macOf(asked, code) }, asker, now);
  if (!issued.allowed) return { outcome: "too many", resetSeconds: issued.resetSeconds };
  const everybodys = await takeMail(sending, issued.isKnown);
  if (!everybodys.allowed) {
    await codes.takeBack(browserHash);
    return { outcome: "too many", resetSeconds: everybodys.resetSeconds };
  }
  try {
    await mailer.send({ to: asked.email, ...codeMail(code, origin, issued.isLast ? pass : null) });
  } catch (error) {
    logError("a mail was not sent", error);
    return { outcome: "not sent" };
  }
  return { outcome: "sent", shownCode: mailer.showsCodes ? code : null };
}

/** Counts a mail of the deployment. Strangers together leave some to browsers that are known. */
async function takeMail({ ledgerNamed, settings, now }: Sending, isKnown: boolean): Promise<RateOutcome> {
  const ledger = ledgerNamed(MAIL_LEDGER);
  const most = settings.MAILS_PER_HOUR;
  if (!isKnown) {
    const strangers = await ledger.takeLongRate("mails to strangers", [hourly(Math.ceil(most * 0.8))], now);
    if (!strangers.allowed) return strangers;
  }
  return ledger.takeLongRate("mails", [hourly(most)], now);
}

function codeMail(code: string, origin: string, pass: string | null) {
  const { host } = new URL(origin);
  return {
    subject: `${code} is your code for ${host}`,
    text: [
      `Your code for ${host} is ${code}`,
      "Type it into the page that asked for it, in the same browser, within 10 minutes.",
      "If you did not ask for it, you need not do anything: without this code nobody gets in. Give it to nobody.",
      ...(pass === null ? [] : [goingOn(origin, pass)]),
    ].join("\n\n"),
  };
}

/** Whoever reads the mail is the owner, and need not wait because strangers asked. */
const goingOn = (origin: string, pass: string): string =>
  `Many codes were asked for, so this is the last one for a while. Do you need another? Open this link in the browser in which you want to sign in, and ask there. It signs nobody in, and is good for a day:\n${origin}/sign-in?pass=${pass}`;
