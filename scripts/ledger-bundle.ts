// The ledger's migrations as a module, as drizzle's migrator for Durable Objects takes them.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

export const LEDGER_MIGRATIONS = "workers/api/ledger/migrations";
export const LEDGER_BUNDLE = `${LEDGER_MIGRATIONS}/index.ts`;

const journalSchema = z.object({
  entries: z.array(z.object({ idx: z.int(), when: z.int(), tag: z.string(), breakpoints: z.boolean() })),
});

/** The text of the module for a folder of migrations. */
export function printBundle(folder: string): string {
  const journal = journalSchema.parse(JSON.parse(readFileSync(join(folder, "meta/_journal.json"), "utf8")));
  const migrations = journal.entries.map(({ idx, tag }) => [
    `m${String(idx).padStart(4, "0")}`,
    readFileSync(join(folder, `${tag}.sql`), "utf8"),
  ]);
  const bundle = JSON.stringify({ journal, migrations: Object.fromEntries(migrations) }, null, 2);
  return `// Written by \`npm run db:generate\` from the SQL files beside it: change those.\n\nexport const ledgerMigrations = ${bundle};\n`;
}
