// `npm run deploy -- [NAME]`: brings a deployment to this checkout: migrations first, then the images' Worker, then the API's.

import { logIn } from "./cloudflare/login.ts";
import { inPlainWords } from "./cloudflare/plain-words.ts";
import { deployByButton, isButton } from "./deploy/button.ts";
import { deploy } from "./deploy/deploy.ts";
import { deploymentNames, findDeployment } from "./deploy/deployment-file.ts";
import { toolsFor } from "./deploy/tools.ts";
import { readArguments } from "./options.ts";
import { orStop } from "./stop.ts";
import { installedWrangler } from "./wrangler.ts";

const usage = `Usage:
  npm run deploy -- [NAME] [--dry-run]

NAME is that of a file in deployments/; it may be left out where there is only one. With --dry-run everything is checked and
nothing changed. \`npm run rollback\` takes a release back.`;

const { values, positionals } = readArguments({ "dry-run": { type: "boolean", default: false } }, usage);

await orStop(() => inPlainWords("Deploy", run));

async function run(): Promise<void> {
  const byButton = isButton() && deploymentNames().length === 0;
  const deployment = byButton ? undefined : findDeployment(positionals[0]);
  const account = await logIn(installedWrangler, deployment?.account_id);
  const tools = toolsFor(account);
  if (deployment) await deploy(deployment, tools, { isDry: values["dry-run"] });
  else await deployByButton(tools);
}
