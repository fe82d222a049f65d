// `npm run stats -- [NAME]`: a deployment's month in figures, from its database and its Analytics Engine.
import { logIn } from "./cloudflare/login.ts";
import { inPlainWords } from "./cloudflare/plain-words.ts";
import { findDeployment } from "./deploy/deployment-file.ts";
import { readArguments } from "./options.ts";
import { monthOf } from "./stats/cost.ts";
import { figuresOf } from "./stats/figures.ts";
import { notedIn, tallyOf } from "./stats/gather.ts";
import { print } from "./stats/print.ts";
import { orStop } from "./stop.ts";
import { installedWrangler } from "./wrangler.ts";

const usage = `Usage:
  npm run stats -- [NAME] [--json]

NAME is that of a file in deployments/; it may be left out where there is only one. Shows this month (UTC): pictures, uploads, views, renders,
errors, what was asked for most, what it costs by Cloudflare's public prices, and a forecast. Reads one row of the database.
With a token it needs Account Analytics: Read, too. --json prints the same for programs.`;

const { values, positionals } = readArguments({ json: { type: "boolean", default: false } }, usage);

await orStop(() => inPlainWords("Stats", run));

async function run(): Promise<void> {
  const deployment = findDeployment(positionals[0]);
  const account = await logIn(installedWrangler, deployment.account_id);
  const now = Date.now();
  const { begin } = monthOf(now);
  const tally = await tallyOf(account, deployment);
  const answers = deployment.analytics ? await notedIn(account, deployment, begin) : undefined;
  const { hosts } = deployment;
  const figures = figuresOf(tally, answers, {
    now,
    sharesHost: !hosts || [hosts.api, hosts.page].includes(hosts.src),
  });
  console.log(
    values.json
      ? JSON.stringify(figures, undefined, 2)
      : print(figures, { name: deployment.name, begin, now }),
  );
}
