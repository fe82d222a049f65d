// Whether the names of a deployment are free, or its own already: wrangler overwrites a Worker of the same name without a word.
import type { Account } from "../cloudflare/login.ts";
import { appliedMigrations, findDatabase, tableNames } from "../cloudflare/storage.ts";
import { bindingsOf } from "../cloudflare/workers.ts";
import { Stop } from "../stop.ts";
import type { Deployment } from "./deployment.ts";
import { ownMigrations } from "./release.ts";
import { type Part, partsOf, workerName } from "./render.ts";

/** Bindings that only our Workers have, by what they are. */
const marks: Readonly<Record<Part, readonly string[]>> = {
  src: ["ANONYMOUS_BUDGET"],
  api: ["LEDGER", "SRC"],
  solo: ["LEDGER", "ANONYMOUS_BUDGET"],
};
const own = [...new Set(Object.values(marks).flat())];
const OTHER_NAME =
  "Choose another name: [names] in the deployment's file, or --prefix mypics for npm run setup.";

/** Ends with a sentence where a Worker or a database of that name is somebody else's. */
export async function checkNames(account: Account, deployment: Deployment): Promise<void> {
  for (const part of partsOf(deployment)) {
    const worker = workerName(deployment, part);
    const bindings = await bindingsOf(account, worker);
    if (!bindings) continue;
    if (!own.some((name) => name !== "SRC" && bindings.includes(name)))
      throw new Stop(
        `The name ${worker} is taken: another Worker of this account has it, and would be overwritten.`,
        OTHER_NAME,
      );
    if (own.some((name) => bindings.includes(name) !== marks[part].includes(name)))
      throw new Stop(
        `${worker} was deployed in another shape. Its counters can't move from two Workers into one, or back.`,
        'Set shape in the deployment\'s file to what it was: "pair" for two Workers, "solo" for one.',
      );
  }
  const { database } = deployment.names;
  const id = await findDatabase(account, database);
  if (id === undefined) return;
  const tables = await tableNames(account, id);
  // A migration that broke off leaves wrangler's own table, and maybe none of ours.
  const isStrange = tables.length > 0 && !tables.includes("d1_migrations");
  const applied = await appliedMigrations(account, id);
  if (isStrange || (applied.length > 0 && applied[0] !== ownMigrations()[0]))
    throw new Stop(
      `The name ${database} is taken: a database of this account has it, with tables that are not ours.`,
      OTHER_NAME,
    );
}
