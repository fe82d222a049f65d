// How often a member may do what costs more than it looks, or leaves something behind.
import type { Context } from "hono";
import { MEMBER_PACES } from "../../../schema/plans.ts";
import { ApiError } from "../../shared/api-error.ts";
import { accountLedgerName } from "../accounts/accounting.ts";
import { daily, hourly } from "../ledger/rate.ts";
import type { MemberEnv } from "./app-env.ts";
import { waitInWords } from "./sending.ts";

const refusals = {
  exports: "You took your pictures along too often.",
  names: "Your name was changed too often.",
  keys: "Too many keys were made.",
} satisfies Readonly<Record<keyof typeof MEMBER_PACES, string>>;

/** Counts one against the account, whichever browser it comes from; throws a 429 with the seconds to wait. */
export async function takePace(c: Context<MemberEnv>, what: keyof typeof MEMBER_PACES): Promise<void> {
  const { hour, day } = MEMBER_PACES[what];
  const ledger = c.env.LEDGER.getByName(accountLedgerName(c.var.member.account.id));
  const { allowed, resetSeconds } = await ledger.takeLongRate(what, [hourly(hour), daily(day)], Date.now());
  if (allowed) return;
  throw new ApiError("rate_limited", {
    message: `${refusals[what]} Try again ${waitInWords(resetSeconds)}.`,
    action: { type: "wait", retry_after: resetSeconds },
  });
}
