// Takes both Workers back to an earlier release together. The database stays as it is: each migration works with the release before it.
import { type DeployedVersion, deployedVersions } from "../cloudflare/releases.ts";
import { Stop } from "../stop.ts";
import type { Deployment } from "./deployment.ts";
import { tablesOf } from "./release.ts";
import { partsOf, workerName } from "./render.ts";
import type { Tools } from "./tools.ts";

export interface PastRelease {
  readonly name: string;
  readonly message: string;
  /** Version ids by Worker. */
  readonly versions: ReadonlyMap<string, string>;
}

export interface History {
  /** Those that every Worker of the deployment has had, newest first. */
  readonly releases: readonly PastRelease[];
  /** The release of each Worker now; undefined where none is known. */
  readonly current: ReadonlyMap<string, string | undefined>;
  /** How many of 100 requests that answers. */
  readonly shares: ReadonlyMap<string, number>;
  /** The newest that any release has brought, at one Worker or at all. */
  readonly tables: string | undefined;
  /** The version of each Worker now. */
  readonly versions: ReadonlyMap<string, string>;
}

export async function historyOf(
  deployment: Deployment,
  { account }: Pick<Tools, "account">,
): Promise<History> {
  const workers = partsOf(deployment).map((part) => workerName(deployment, part));
  const deployed = new Map<string, readonly DeployedVersion[]>();
  for (const worker of workers) deployed.set(worker, await deployedVersions(account, worker));
  return readHistory(deployed);
}

export function readHistory(deployed: ReadonlyMap<string, readonly DeployedVersion[]>): History {
  const names = [...deployed.values()].flatMap((versions) =>
    versions.flatMap(({ release }) => release ?? []),
  );
  const releases = [...new Set(names)].sort().reverse();
  return {
    releases: releases.flatMap((name) => releaseOf(name, deployed) ?? []),
    // A secret that was set makes a version without a name: the release is the one below it.
    current: mapValues(deployed, (versions) => versions.find(({ release }) => release)?.release),
    shares: mapValues(deployed, (versions) => versions[0]?.percentage ?? 0),
    tables: [...deployed.values()]
      .flatMap((versions) => versions.flatMap(({ message }) => tablesOf(message) ?? []))
      .sort()
      .at(-1),
    versions: mapValues(deployed, (versions) => versions[0]?.versionId ?? ""),
  };
}

/** In words, where not all Workers are at one release with all requests: an upgrade that broke off, or a share. */
export function unevenness({ current, shares }: History): readonly string[] {
  const isEven = new Set(current.values()).size <= 1 && [...shares.values()].every((share) => share === 100);
  if (isEven) return [];
  return [...current].map(
    ([worker, release]) => `${worker}: ${shares.get(worker)} % by ${release ?? "a version without a name"}`,
  );
}

function releaseOf(
  name: string,
  deployed: ReadonlyMap<string, readonly DeployedVersion[]>,
): PastRelease | undefined {
  const found = [...deployed].flatMap(([worker, versions]) => {
    const version = versions.find(({ release }) => release === name);
    return version ? [{ worker, ...version }] : [];
  });
  if (found.length !== deployed.size) return undefined;
  return {
    name,
    message: found[0]?.message ?? "",
    versions: new Map(found.map(({ worker, versionId }) => [worker, versionId])),
  };
}

function mapValues<Value, Result>(map: ReadonlyMap<string, Value>, change: (value: Value) => Result) {
  return new Map([...map].map(([key, value]) => [key, change(value)] as const));
}

/** The release to go back to: the one that is asked for, or the one before what runs now. */
export function chooseRelease(history: History, asked?: string): PastRelease {
  const { releases, current } = history;
  const running = [...current.values()];
  const isWhole = new Set(running).size === 1;
  // Where a deployment broke in the middle, the release that both had is the way back.
  const newest =
    running
      .map((name) => name ?? "")
      .sort()
      .at(-1) ?? "";
  const target =
    asked === undefined
      ? releases.find(({ name }) => (isWhole ? name < newest : name <= newest))
      : releases.find(({ name }) => name === asked);
  if (target) return target;
  throw new Stop(
    asked === undefined
      ? "There is no release to go back to."
      : `There is no release ${asked} at all its Workers.`,
    "npm run rollback -- --list shows those that Cloudflare still has. Only what npm run deploy has sent is among them.",
  );
}

/** Why a release may not fit the tables of today: a migration is made to work with the release before it, and with none older. */
export function misfit({ releases, tables: today }: History, target: PastRelease): string | undefined {
  const tables = tablesOf(target.message);
  if (tables === undefined || today === undefined) return "It does not say which tables it was made for.";
  if (tables === today) return undefined;
  const before = releases.find(({ message }) => (tablesOf(message) ?? today) < today);
  if (before?.name === target.name || (before && tablesOf(before.message) === tables)) return undefined;
  return `It was made for the tables ${tables}; the database is at ${today}, which is only known to work with ${before ? tablesOf(before.message) : "its own release"} and later.`;
}

/** The API first: it asks src for what an older src may not know. What fails at the second is undone at the first. */
export async function rollBack(deployment: Deployment, tools: Tools, history: History, target: PastRelease) {
  const done: string[] = [];
  for (const part of partsOf(deployment).toReversed()) {
    const worker = workerName(deployment, part);
    const version = target.versions.get(worker) ?? "";
    const run = await goTo(tools, worker, version, `Back to ${target.name}`);
    if (run.isOk) {
      done.push(worker);
      tools.say(`${worker} is back at ${target.name}.`);
      continue;
    }
    for (const one of done) {
      const undone = await goTo(tools, one, history.versions.get(one) ?? "", "The rollback failed");
      tools.say(undone.isOk ? `${one} is where it was.` : `${one} could not be put back:\n${undone.said}`);
    }
    throw new Stop(
      `${worker} could not go back:\n${run.said}`,
      /durable object|migration|code: 10211/i.test(run.said)
        ? "Cloudflare does not go back past a change of Durable Object classes. Mend the new release, or revert in git and npm run deploy."
        : "Once the cause is gone, run the same command again.",
    );
  }
  tools.say(`Release ${target.name} (${target.message}) is live again. The database was left as it is.`);
}

function goTo({ wrangler, account }: Tools, worker: string, version: string, message: string) {
  return wrangler.run(["rollback", version, "--name", worker, "--message", message, "--yes"], account.id);
}
