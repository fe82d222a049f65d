// The ledger that knows a caller: its rate and its idempotency keys.
import type { Caller } from "../accounts/account.ts";
import { accountLedgerName, addressLedgerName } from "../accounts/accounting.ts";
import { callerAddress } from "./caller-address.ts";

/** An account has its own; callers without one are told apart by their address. */
export function callerLedgerName(caller: Caller, request: Request): string {
  if (caller.kind !== "anonymous") return accountLedgerName(caller.account.id);
  return addressLedgerName(callerAddress(request));
}
