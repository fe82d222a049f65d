// Sends a code to an address. What happens here is the same whether an account has that address or not: nobody looks.
import { logError } from "../../../shared/log.ts";
import { hourly } from "../../ledger/rate.ts";
import type { Settings } from "../../settings.ts";
import { addressLedgerName, type LedgerStub } from "../accounting.ts";
import type { Mailer } from "../mail/mailer.ts";
import { hashSecret } from "../secret.ts";
import { type Asked, macOf, newCode } from "./code.ts";
import type { Codes } from "./codes.ts";

/** Counts the mails of the whole deployment. */
export const MAIL_LEDGER = "mail";
/** Of one address of the network. */
const ASKED_PER_HOUR = 20;

export interface Sending {
  readonly codesOf: (email: string) => Pick<DurableObjectStub<Codes>, "issue">;
  readonly ledgerNamed: (name: string) => Pick<LedgerStub, "takeLongRate">;
  readonly mailer: Mailer;
  readonly settings: Settings;
  /** The network address that asks. */
  readonly caller: string;
  /** What people call this deployment: its host. */
  readonly host: string;
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
  const { codesOf, ledgerNamed, mailer, settings, caller, host, now } = sending;
  const ofCaller = ledgerNamed(addressLedgerName(caller));
  const callers = await ofCaller.takeLongRate("codes", [hourly(ASKED_PER_HOUR)], now);
  if (!callers.allowed) return { outcome: "too many", resetSeconds: callers.resetSeconds };
  const code = newCode();
  const browserHash = await hashSecret(asked.browserSecret);
  const issued = await codesOf(asked.email).issue({ browserHash, mac: await macOf(asked, code) }, now);
  if (!issued.allowed) return { outcome: "too many", resetSeconds: issued.resetSeconds };
  const everybodys = await ledgerNamed(MAIL_LEDGER).takeLongRate(
    "mails",
    [hourly(settings.MAILS_PER_HOUR)],
    now,
  );
  if (!everybodys.allowed) return { outcome: "too many", resetSeconds: everybodys.resetSeconds };
  try {
    await mailer.send({ to: asked.email, ...codeMail(code, host) });
  } catch (error) {
    logError("a mail was not sent", error);
    return { outcome: "not sent" };
  }
  return { outcome: "sent", shownCode: mailer.showsCodes ? code : null };
}

function codeMail(code: string, host: string) {
  return {
    subject: `${code} is your code for ${host}`,
    text: [
      `Your code for ${host} is ${code}`,
      "Type it into the page that asked for it, in the same browser, within 10 minutes.",
      "If you did not ask for it, you need not do anything: without this code nobody gets in. Give it to nobody.",
    ].join("\n\n"),
  };
}
