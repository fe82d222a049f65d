// Paths are from the root of the repository, where `npm run db:generate` runs.
import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "sqlite",
  schema: "./workers/api/ledger/tables.ts",
  out: "./workers/api/ledger/migrations",
});
