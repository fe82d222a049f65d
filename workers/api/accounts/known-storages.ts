// Which first parts of keys are an account's: what lies elsewhere in the bucket is somebody else's, however it is called.
import { inArray } from "drizzle-orm";
import { accounts } from "../../../schema/tables.ts";
import type { Database } from "../database.ts";
import { among } from "../images/store/index.ts";

/** Those of the storages that an account has. Asks nothing where there are none. */
export async function knownStorages(db: Database, storages: readonly string[]): Promise<ReadonlySet<string>> {
  if (storages.length === 0) return new Set();
  const rows = await db
    .select({ storage: accounts.storage })
    .from(accounts)
    .where(inArray(accounts.storage, among([...new Set(storages)])));
  return new Set(rows.map(({ storage }) => storage));
}
