// A release for a share of the views first: the images' Worker alone, as it is the one that renders, and works with the API before it.
import { readFileSync } from "node:fs";
import * as z from "zod";
import { deployedVersions, uploadedVersion } from "../cloudflare/releases.ts";
import { migrationTagOf } from "../cloudflare/workers.ts";
import { Stop } from "../stop.ts";
import { adviceOn, look, migrate, sayWhatMigrates } from "./deploy.ts";
import type { Deployment } from "./deployment.ts";
import type { Ready } from "./prepare.ts";
import type { Tools } from "./tools.ts";

const ALL_AT_ONCE =
  "Leave out --gradual: the whole release goes up at once, and npm run rollback takes it back.";

/** `--gradual 10`: undefined for what is no share. */
export function shareIn(text: string): number | undefined {
  const number = Number(text.replace(/%$/, ""));
  return Number.isInteger(number) && number >= 1 && number <= 99 ? number : undefined;
}

/**
 * Migrates, sends the images' Worker up, and gives it `percent` of the views that the cache does not answer; the rest stay with the version
 * that had all of them. The API stays as it is until `deploy` brings the whole release.
 */
export async function deployShare(
  deployment: Deployment,
  percent: number,
  tools: Tools,
  { isDry = false } = {},
): Promise<void> {
  const { account, wrangler, say } = tools;
  if (deployment.shape === "solo")
    throw new Stop(
      "One Worker that is both has accounts and counters in it: it goes up at once.",
      ALL_AT_ONCE,
    );
  const worker = deployment.names.src;
  const before = (await deployedVersions(account, worker)).find(({ percentage }) => percentage === 100);
  if (!before)
    throw new Stop(
      `There is no version of ${worker} that the rest of the views could stay with.`,
      ALL_AT_ONCE,
    );
  const looked = await look(deployment, tools);
  const src = looked.workers.find(({ part }) => part === "src");
  if (!src) return;
  await checkClasses(tools, src);
  const { release } = looked;
  if (isDry) {
    sayWhatMigrates(tools, looked);
    say(`Would send ${percent} % of the views to a new version of ${worker}, and leave ${100 - percent} %.`);
    return;
  }
  await migrate(tools, looked);
  const notes = ["--tag", release.name, "--message", release.message];
  orStop(worker, await wrangler.run(["versions", "upload", "-c", src.path, ...notes], account.id));
  const version = await uploadedVersion(account, worker, release.name);
  if (version === undefined)
    throw new Stop(`Cloudflare does not know release ${release.name} of ${worker} yet.`, "Run it again.");
  const shares = [`${version}@${percent}`, `${before.versionId}@${100 - percent}`];
  const why = ["--message", `${percent} % for ${release.name}`, "--yes"];
  orStop(worker, await wrangler.run(["versions", "deploy", ...shares, "-c", src.path, ...why], account.id));
  say(`Release ${release.name} (${release.message}) of ${worker} answers ${percent} % of the views that the cache does not hold.
The other ${100 - percent} % stay with ${before.release ?? before.versionId}, and so does the API.

Watch it        npx wrangler tail ${worker} --version-id ${version}
Another share   npm run deploy -- ${deployment.name} --gradual PERCENT
All of it       npm run deploy -- ${deployment.name}
Taking it back  npm run rollback -- ${deployment.name}`);
}

const classesSchema = z.looseObject({ migrations: z.array(z.looseObject({ tag: z.string() })).default([]) });

/** A class of Durable Objects is there for all requests or for none. */
async function checkClasses({ account }: Tools, { name, path }: Ready): Promise<void> {
  const { migrations } = classesSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  const newest = migrations.at(-1)?.tag;
  if (newest === (await migrationTagOf(account, name))) return;
  throw new Stop(
    `This release brings new classes of Durable Objects to ${name}, which can't go up for a share of the views.`,
    ALL_AT_ONCE,
  );
}

function orStop(worker: string, run: { readonly isOk: boolean; readonly said: string }): void {
  if (run.isOk) return;
  throw new Stop(
    `${worker} could not be deployed for a share of the views:\n${run.said}`,
    adviceOn(run.said),
  );
}
