// Joins the Worker's bindings to what finishing a deletion needs.
import { openDatabase } from "../database.ts";
import type { Finishing } from "./outbox.ts";

/** `requestId` names the request whose work it is; the cron has none. */
export function finishingWith(env: ApiEnv, requestId?: string) {
  return {
    requestId,
    db: openDatabase(env.DB),
    originals: env.ORIGINALS,
    ledgerNamed: (name) => env.LEDGER.getByName(name),
    purge: async (ids) => env.SRC.purge([...ids]),
  } satisfies Finishing;
}
