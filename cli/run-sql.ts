// Runs SQL on D1 through wrangler: on the local database of `npm run dev`, or with `isRemote` on the deployed one.
import { spawnSync } from "node:child_process";
import * as z from "zod";
import { findDeployment } from "./deploy/deployment-file.ts";
import { fail } from "./options.ts";
import { exitBy } from "./stop.ts";
import { wranglerCommand, wranglerEnvironment } from "./wrangler.ts";

/** Of which database: that of `npm run dev`, or a deployment's. */
export interface Where {
  readonly isRemote: boolean;
  /** May be left out where there is only one. */
  readonly deployment: string | undefined;
}

/** The words of a command that say where; as options of `readArguments`. */
export const whereOptions = {
  remote: { type: "boolean", default: false },
  deployment: { type: "string" },
} as const;

export function whereOf(values: {
  readonly remote: boolean;
  readonly deployment?: string | undefined;
}): Where {
  return { isRemote: values.remote || values.deployment !== undefined, deployment: values.deployment };
}

const resultSchema = z.array(z.object({ results: z.array(z.record(z.string(), z.unknown())) }));

/** Where `npm run dev` keeps its database; EDGEPIX_STATE names another place. */
const localState = process.env.EDGEPIX_STATE || ".wrangler/state";

function emptyDatabase(isRemote: boolean): string {
  return isRemote
    ? "The database has no tables yet: `npm run deploy` makes them."
    : "There is no local database yet: `npm run dev` makes one. With --remote the deployed one is meant.";
}

/** The rows of the last statement. Ends the process with wrangler's own words when it fails. */
export function runSql(sql: string, where: Where) {
  const { database, place, environment } = where.isRemote ? remote(where.deployment) : local;
  const [program, wrangler] = wranglerCommand;
  const words = [
    "d1",
    "execute",
    database,
    "-c",
    "wrangler.toml",
    ...place,
    "--json",
    "--yes",
    "--command",
    sql,
  ];
  const run = spawnSync(program, [wrangler, ...words], {
    encoding: "utf8",
    env: { ...wranglerEnvironment, ...environment },
  });
  if (run.status !== 0) {
    const said = `${run.stderr}${run.stdout}`;
    fail(/no such table/.test(said) ? emptyDatabase(where.isRemote) : said);
  }
  return resultSchema.parse(JSON.parse(run.stdout)).at(-1)?.results ?? [];
}

const local = { database: "DB", place: ["--local", "--persist-to", localState], environment: {} };

/** The name of the database finds it in the account, whichever machine deployed it. */
function remote(asked: string | undefined) {
  try {
    const { names, account_id } = findDeployment(asked);
    const environment = account_id ? { CLOUDFLARE_ACCOUNT_ID: account_id } : {};
    return { database: names.database, place: ["--remote"], environment };
  } catch (problem) {
    return exitBy(problem);
  }
}

/** A string literal of SQLite. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
