// The story of a setup: every step may be repeated, so that whatever stopped it, the same command goes on.
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

/** Public prices of November 2026, in USD. */
function costs({ deployment }: Context): string {
  const plan =
    deployment.plan === "paid"
      ? "Workers Paid costs 5 USD a month, with 10 million requests and 30 million ms of processor time in it."
      : "The free plan costs nothing, up to 100,000 requests a day.";
  return `${plan}
Pictures: 10 GB are free, then 0.015 USD per GB and month. Nothing for traffic.`;
}
