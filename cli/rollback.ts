// `npm run rollback -- [NAME]`: takes both Workers of a deployment back to the release before, together.
import { logIn } from "./cloudflare/login.ts";
import { inPlainWords } from "./cloudflare/plain-words.ts";
import { findDeployment } from "./deploy/deployment-file.ts";
import { chooseRelease, historyOf, misfit, rollBack, unevenness } from "./deploy/rollback.ts";
import { toolsFor } from "./deploy/tools.ts";
import { readArguments } from "./options.ts";
import { orStop, Stop } from "./stop.ts";
import { installedWrangler } from "./wrangler.ts";

const usage = `Usage:
  npm run rollback -- [NAME] [--list] [--to RELEASE] [--anyway]

NAME is that of a file in deployments/; it may be left out where there is only one.
--list    shows the releases that both Workers can go back to
--to      goes to that one instead of the one before
--anyway  goes to one that may not fit today's tables

The database, the pictures and the routes stay as they are. A secret that was changed since then is as it was.`;

const { values, positionals } = readArguments(
  {
    list: { type: "boolean", default: false },
    to: { type: "string" },
    anyway: { type: "boolean", default: false },
  },
  usage,
);

await orStop(() => inPlainWords("Rollback", run));

async function run(): Promise<void> {
  const deployment = findDeployment(positionals[0]);
  const account = await logIn(installedWrangler, deployment.account_id);
  const tools = toolsFor(account);
  const history = await historyOf(deployment, tools);
  if (values.list) {
    const running = new Set(history.current.values());
    if (history.releases.length === 0) console.log("None yet: npm run deploy makes one.");
    for (const { name, message } of history.releases)
      console.log(`${name}  ${message}${running.has(name) ? "  (runs now)" : ""}`);
    for (const line of unevenness(history)) console.log(line);
    return;
  }
  const target = chooseRelease(history, values.to);
  const why = misfit(history, target);
  if (why && !values.anyway)
    throw new Stop(
      `Release ${target.name} may not work with today's tables. ${why}`,
      "Mend the new release instead, or say --anyway.",
    );
  await rollBack(deployment, tools, history, target);
}
