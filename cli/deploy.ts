// `npm run deploy -- [NAME]`: brings a deployment to this checkout: migrations first, then the images' Worker, then the API's.

import { logIn } from "./cloudflare/login.ts";
import { inPlainWords } from "./cloudflare/plain-words.ts";
import { deployByButton, isButton } from "./deploy/button.ts";
import { deploy } from "./deploy/deploy.ts";
import { deploymentNames, findDeployment } from "./deploy/deployment-file.ts";
import { deployShare, shareIn } from "./deploy/gradual.ts";
import { toolsFor } from "./deploy/tools.ts";
import { fail, readArguments } from "./options.ts";
import { orStop } from "./stop.ts";
import { installedWrangler } from "./wrangler.ts";

const usage = `Usage:
  npm run deploy -- [NAME] [--dry-run] [--gradual PERCENT]

NAME is that of a file in deployments/; it may be left out where there is only one. With --dry-run everything is checked and
nothing changed. With --gradual the new Worker of the images answers so many of 100 views that the cache does not hold, and the rest
of the release waits; without it all goes up. \`npm run rollback\` takes a release, or a share of one, back.`;

const { values, positionals } = readArguments(
  { "dry-run": { type: "boolean", default: false }, gradual: { type: "string" } },
  usage,
);
const percent = values.gradual === undefined ? undefined : shareIn(values.gradual);
if (values.gradual !== undefined && percent === undefined) fail(`--gradual takes 1 to 99.\n\n${usage}`);

await orStop(() => inPlainWords("Deploy", run));

async function run(): Promise<void> {
  const byButton = isButton() && deploymentNames().length === 0;
  const deployment = byButton ? undefined : findDeployment(positionals[0]);
  const account = await logIn(installedWrangler, deployment?.account_id);
  const tools = toolsFor(account);
  const options = { isDry: values["dry-run"] };
  if (!deployment) await deployByButton(tools);
  else if (percent === undefined) await deploy(deployment, tools, options);
  else await deployShare(deployment, percent, tools, options);
}
