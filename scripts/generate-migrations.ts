// `npm run db:generate`: writes what the tables in code have more than the migrations, for D1 and for the ledger.
// What follows it goes to drizzle-kit: `npm run db:generate -- --name labels`.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { LEDGER_BUNDLE, LEDGER_MIGRATIONS, printBundle } from "./ledger-bundle.ts";

const kit = join(dirname(createRequire(import.meta.url).resolve("drizzle-kit")), "bin.cjs");
const configs = ["drizzle.config.ts", "workers/api/ledger/drizzle.config.ts"];

for (const config of configs) {
  const options = [kit, "generate", "--config", config, ...process.argv.slice(2)];
  const { status } = spawnSync(process.execPath, options, { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
// A Durable Object has no files: its migrations travel in the Worker.
writeFileSync(LEDGER_BUNDLE, printBundle(LEDGER_MIGRATIONS));
