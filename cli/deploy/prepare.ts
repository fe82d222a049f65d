// From a deployment's file to finished configurations on disk, after every look that costs nothing.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Account } from "../cloudflare/login.ts";
import { findDatabase, hasBucket } from "../cloudflare/storage.ts";
import { Stop } from "../stop.ts";
import type { Wrangler } from "../wrangler.ts";
import { checkConfigs } from "./check-configs.ts";
import type { Deployment } from "./deployment.ts";
import { toml } from "./deployment-file.ts";
import { configFolder } from "./release.ts";
import {
  basePaths,
  baseSchema,
  type Part,
  partsOf,
  type Rendered,
  type Resources,
  render,
} from "./render.ts";

/** The database and the bucket of a deployment; ends with a sentence where one is missing. */
export async function findResources(account: Account, { names }: Deployment): Promise<Resources> {
  const databaseId = await findDatabase(account, names.database);
  const makes =
    "`npm run setup` makes it. If it has another name, write that into [names] of the deployment's file.";
  if (databaseId === undefined)
    throw new Stop(`There is no D1 database ${names.database} in the account ${account.name}.`, makes);
  if (!(await hasBucket(account, names.bucket)))
    throw new Stop(`There is no R2 bucket ${names.bucket} in the account ${account.name}.`, makes);
  if (names.adopt !== undefined && !(await hasBucket(account, names.adopt)))
    throw new Stop(
      `There is no R2 bucket ${names.adopt} in the account ${account.name}, which [names] adopt says.`,
      "Write its name as the dashboard shows it under R2, or take the line out.",
    );
  return { account: account.id, databaseId };
}

/** A Worker of a deployment, ready to go up. */
export interface Ready {
  readonly part: Part;
  readonly name: string;
  /** Its configuration's path. */
  readonly path: string;
}

/** Renders, checks and writes the configuration of each Worker. */
export function writeConfigs(deployment: Deployment, resources: Resources): readonly Ready[] {
  const folder = configFolder(deployment.name);
  const rendered = partsOf(deployment).map((part) =>
    render(part, readBase(part), deployment, resources, folder),
  );
  checkConfigs(rendered);
  mkdirSync(folder, { recursive: true });
  return rendered.map(({ part, name, config }: Rendered) => {
    const path = join(folder, `${part}.json`);
    writeFileSync(path, `${JSON.stringify(config, null, 2)}\n`);
    return { part, name, path };
  });
}

function readBase(part: Part) {
  const path = basePaths[part];
  const base = baseSchema.safeParse(toml(readFileSync(path, "utf8"), path));
  if (base.success) return base.data;
  const why = base.error.issues.map(({ path: at, message }) => `  ${at.join(".")}: ${message}`).join("\n");
  throw new Stop(`${path} is not as the repository has it:\n${why}`, `git checkout ${path}`);
}

/** Builds each Worker as it would go up, and sends nothing. */
export async function checkBuilds(wrangler: Wrangler, workers: readonly Ready[]): Promise<void> {
  for (const { name, path } of workers) {
    const built = await wrangler.run(["deploy", "--dry-run", "-c", path]);
    if (!built.isOk)
      throw new Stop(
        `${name} does not build:\n${built.said}`,
        "After a pull, run npm ci first: packages may have changed.",
      );
  }
}
