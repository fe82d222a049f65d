// Brings the tables of one ledger to what this version of the code expects, whatever version filled them.
import { drizzle } from "drizzle-orm/durable-sqlite";
import { migrate } from "drizzle-orm/durable-sqlite/migrator";

type Migrations = Parameters<typeof migrate>[1];

/**
 * All that is missing, or nothing of it. To be awaited while the object lets no request in: once each time it wakes, at two statements
 * where nothing is missing. Throws an error that holds the statement which failed; drizzle's own says "Rollback" only.
 */
export async function migrateLedger(storage: DurableObjectStorage, migrations: Migrations): Promise<void> {
  let last = "";
  const logger = {
    logQuery(query: string) {
      last = query;
    },
  };
  try {
    await migrate(drizzle(storage, { logger }), migrations);
  } catch (cause) {
    throw new Error(`The ledger's tables could not be brought up to date, at: ${last.trim()}`, { cause });
  }
}
