// Runs SQL on D1 through wrangler: on the local database of `npm run dev`, or with `isRemote` on the deployed one.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as z from "zod";

const wrangler = join(
  dirname(createRequire(import.meta.url).resolve("wrangler/package.json")),
  "bin/wrangler.js",
);
const resultSchema = z.array(z.object({ results: z.array(z.record(z.string(), z.unknown())) }));

/** Where `npm run dev` keeps its database; EDGEPIX_STATE names another place. */
const localState = process.env.EDGEPIX_STATE || ".wrangler/state";

function emptyDatabase(isRemote: boolean): string {
  return isRemote
    ? "The database has no tables yet: `npx wrangler d1 migrations apply DB --remote` makes them."
    : "There is no local database yet: `npm run dev` makes one. With --remote the deployed one is meant.";
}

/** The rows of the last statement. Ends the process with wrangler's own words when it fails. */
export function runSql(sql: string, { isRemote }: { readonly isRemote: boolean }) {
  const place = isRemote ? ["--remote"] : ["--local", "--persist-to", localState];
  const run = spawnSync(
    process.execPath,
    [wrangler, "d1", "execute", "DB", "-c", "wrangler.toml", ...place, "--json", "--yes", "--command", sql],
    { encoding: "utf8", env: { ...process.env, CI: "true", WRANGLER_SEND_METRICS: "false" } },
  );
  if (run.status !== 0) {
    const said = `${run.stderr}${run.stdout}`;
    console.error(/no such table/.test(said) ? emptyDatabase(isRemote) : said);
    process.exit(1);
  }
  return resultSchema.parse(JSON.parse(run.stdout)).at(-1)?.results ?? [];
}

/** A string literal of SQLite. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
