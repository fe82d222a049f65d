// The story of a setup: every step may be repeated, so that whatever stopped it, the same command goes on.
import { PLAN_USD, prices } from "../../schema/prices.ts";
import { inPlainWords } from "../cloudflare/plain-words.ts";
import type { Context, Step } from "./context.ts";
import { addressesOf, answering, browserCache, claim, probe } from "./live.ts";
import { look } from "./look.ts";
import { bucket, database, file, secrets, workers } from "./make.ts";

const steps: readonly Step[] = [
  look,
  file,
  database,
  bucket,
  secrets,
  workers,
  answering,
  browserCache,
  claim,
  probe,
];

export async function runSetup(context: Context): Promise<void> {
  const { say } = context.tools;
  for (const [at, step] of steps.entries()) {
    const title = `[${at + 1}/${steps.length}] ${step.name}`;
    say(`${title}: ${await inPlainWords(title, () => step.run(context))}`);
  }
  if (context.isDry) return say("Nothing was changed.");
  const { page, api, src } = await inPlainWords("Done", () => addressesOf(context));
  say(`
Pages     ${page}
API       ${api}/v1
Pictures  ${src}

A key for programs   npm run keys -- create --name laptop --deployment ${context.deployment.name}
The next upgrade     ${upgradeOf(context)}
Taking it back       npm run rollback -- ${context.deployment.name}

${costs(context)}`);
}

/** What `npm create edgepix` wrote has nothing to pull from. */
const upgradeOf = ({ deployment, tools }: Context) =>
  tools.canPull()
    ? `git pull && npm ci && npm run deploy -- ${deployment.name}`
    : "a new version in a folder beside this one: docs/deploy.md, Upgrade";

function costs({ deployment }: Context): string {
  const { requests, cpuMs, objectBytes } = prices;
  const plan =
    deployment.plan === "paid"
      ? `Workers Paid costs ${PLAN_USD} USD a month, with ${requests.included / 1e6} million requests and ${cpuMs.included / 1e6} million ms of processor time in it.`
      : "The free plan costs nothing, up to 100,000 requests a day.";
  return `${plan}
Pictures: ${objectBytes.included / 1e9} GB are free, then ${objectBytes.usd} USD per GB and month. Nothing for traffic.`;
}
