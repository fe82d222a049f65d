// How often strangers may report: an address by itself, and all together, so that neither one nor a crowd buries the operator.
import type { Context } from "hono";
import { REPORTS_PER_ADDRESS_AND_HOUR, REPORTS_PER_DAY, REPORTS_PER_HOUR } from "../../../schema/reports.ts";
import { ApiError } from "../../shared/api-error.ts";
import { addressLedgerName, REPORTS_LEDGER } from "../accounts/accounting.ts";
import { daily, hourly } from "../ledger/rate.ts";
import type { AppEnv } from "./app-env.ts";
import { callerAddress } from "./caller-address.ts";

/** Counts one report, or throws a 429 with the seconds to wait. What an address is refused does not count against the others. */
export async function takeReport(c: Context<AppEnv>, now: number): Promise<void> {
  const own = c.env.LEDGER.getByName(addressLedgerName(callerAddress(c.req.raw)));
  const mine = await own.takeLongRate("reports", [hourly(REPORTS_PER_ADDRESS_AND_HOUR)], now);
  if (!mine.allowed) throw tooMany("Too many reports came from your address.", mine.resetSeconds);
  const all = c.env.LEDGER.getByName(REPORTS_LEDGER);
  const policies = [hourly(REPORTS_PER_HOUR), daily(REPORTS_PER_DAY)] as const;
  const ours = await all.takeLongRate("reports", policies, now);
  if (!ours.allowed) throw tooMany("Too many reports are coming in right now.", ours.resetSeconds);
}

function tooMany(sentence: string, seconds: number): ApiError {
  const minutes = Math.ceil(seconds / 60);
  const message = `${sentence} Try again in ${minutes === 1 ? "a minute" : `${minutes} minutes`}.`;
  return new ApiError("rate_limited", { message, action: { type: "wait", retry_after: seconds } });
}
