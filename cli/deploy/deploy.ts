// The story of a deployment: look, migrate, send. What may fail for a known reason is looked at before anything changes.
import { checkHosts } from "../cloudflare/hosts.ts";
import type { Account } from "../cloudflare/login.ts";
import { deployedVersions } from "../cloudflare/releases.ts";
import { appliedMigrations } from "../cloudflare/storage.ts";
import { Stop } from "../stop.ts";
import { checkNames } from "./check-names.ts";
import type { Deployment } from "./deployment.ts";
import { newsSince } from "./news.ts";
import { checkBuilds, findResources, type Ready, writeConfigs } from "./prepare.ts";
import { nameRelease, numberOf, ownMigrations, type Release } from "./release.ts";
import { hostsOf } from "./render.ts";
import type { Tools } from "./tools.ts";

interface Options {
  /** Looks at everything and changes nothing. */
  readonly isDry?: boolean;
  /** A file of secrets that go up with the API Worker's version. */
  readonly secretsFile?: string;
}

export interface Looked {
  readonly workers: readonly Ready[];
  readonly release: Release;
  /** Migrations that the database lacks. */
  readonly news: readonly string[];
}

/** Everything that can be looked at before the first change; ends with a sentence where something stands in the way. */
export async function look(deployment: Deployment, tools: Tools): Promise<Looked> {
  const { account, wrangler, say } = tools;
  const migrations = ownMigrations();
  const resources = await findResources(account, deployment);
  const workers = writeConfigs(deployment, resources);
  await checkNames(account, deployment);
  await checkHosts(account, hostsOf(deployment), tools.resolves);
  const news = await newMigrations(account, resources.databaseId, migrations);
  await checkBuilds(wrangler, workers);
  say(
    `Checked: account ${account.name}, configuration, builds of ${workers.map(({ name }) => name).join(" and ")}.`,
  );
  const running = await deployedVersions(account, workers.at(-1)?.name ?? "");
  const told = newsSince(running.find(({ release }) => release)?.message ?? "");
  if (told) say(told);
  return { workers, release: nameRelease(tools.now(), migrations), news };
}

export async function deploy(deployment: Deployment, tools: Tools, options: Options = {}): Promise<Release> {
  const { say } = tools;
  const looked = await look(deployment, tools);
  const { workers, release } = looked;
  if (options.isDry) {
    sayWhatMigrates(tools, looked);
    for (const { name } of workers) say(`Would deploy ${name}.`);
    return release;
  }
  await migrate(tools, looked);
  for (const worker of workers) {
    await send(tools, worker, release, worker.part === "src" ? undefined : options.secretsFile);
    say(`Deployed ${worker.name}.`);
  }
  say(`Release ${release.name} (${release.message}) is live.`);
  return release;
}

/** Those that the database lacks. One that this checkout does not know belongs to a newer one, whose database this is. */
async function newMigrations(account: Account, database: string, own: readonly string[]): Promise<string[]> {
  const applied = await appliedMigrations(account, database);
  const foreign = applied.filter((name) => !own.includes(name));
  if (foreign.length > 0)
    throw new Stop(
      `The database was migrated by another release: this checkout does not know ${foreign.join(", ")}.`,
      "Deploy the newer checkout. To go back to an older release: npm run rollback",
    );
  return own.filter((name) => !applied.includes(name));
}

export const sayWhatMigrates = ({ say }: Tools, { news }: Looked) =>
  say(news.length === 0 ? "The tables are up to date." : `Would migrate the database: ${news.join(", ")}.`);

export async function migrate({ wrangler, account, say }: Tools, { workers, news }: Looked) {
  if (news.length === 0) return say("The tables are up to date.");
  const config = workers.at(-1)?.path ?? "";
  const run = await wrangler.run(["d1", "migrations", "apply", "DB", "--remote", "-c", config], account.id);
  if (!run.isOk)
    throw new Stop(
      `The database could not be migrated, and nothing was deployed:\n${run.said}`,
      "What runs now goes on as before. Run the same command again.",
    );
  say(`Migrated the database: ${numberOf(news[0])} to ${numberOf(news.at(-1))}.`);
}

async function send({ wrangler, account }: Tools, worker: Ready, release: Release, secretsFile?: string) {
  const notes = ["--tag", release.name, "--message", release.message];
  const secrets = secretsFile === undefined ? [] : ["--secrets-file", secretsFile];
  const run = await wrangler.run(["deploy", "-c", worker.path, ...notes, ...secrets], account.id);
  if (run.isOk) return;
  throw new Stop(`${worker.name} could not be deployed:\n${run.said}`, adviceOn(run.said));
}

/** What wrangler says of the failures that are known, and the way out. */
export function adviceOn(said: string): string {
  const known = knownFailures.find(({ words }) => words.test(said));
  return known?.advice ?? "Nothing else was changed. Once the cause is gone, run the same command again.";
}

const knownFailures: readonly { readonly words: RegExp; readonly advice: string }[] = [
  {
    words: /CPU limits are not supported for the Free plan|code: 100328/,
    advice:
      'This account is on the free plan. Switch to Workers Paid, or write plan = "free" into the deployment\'s file.',
  },
  {
    words: /Authentication error|code: 10000|code: 9109/,
    advice:
      "The token may not do this. Make one from the template “Edit Cloudflare Workers” that also has D1: Edit.",
  },
];
