// Joins the Worker's bindings to what finishing a deletion needs.
import { openDatabase } from "../database.ts";
import type { Finishing } from "./outbox.ts";

export function finishingWith(env: ApiEnv) {
  return {
    db: openDatabase(env.DB),
    originals: env.ORIGINALS,
    ledgerNamed: (name) => env.LEDGER.getByName(name),
    engine: async () => env.SRC.engine(),
    purge: async (ids) => env.SRC.purge([...ids]),
  } satisfies Finishing & { readonly engine: () => Promise<number> };
}
