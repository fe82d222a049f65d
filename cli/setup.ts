// `npm run setup`: from an empty Cloudflare account to a live image host, or on from where the last run stopped.

import { existsSync, readFileSync } from "node:fs";
import { logIn } from "./cloudflare/login.ts";
import { inPlainWords } from "./cloudflare/plain-words.ts";
import { deploymentPath, parseDeployment } from "./deploy/deployment-file.ts";
import { readArguments } from "./options.ts";
import { askName } from "./setup/answers.ts";
import { takesDefaults, terminal } from "./setup/ask.ts";
import { begin } from "./setup/begin.ts";
import { runSetup } from "./setup/run.ts";
import { setupToolsFor } from "./setup/tools.ts";
import { orStop } from "./stop.ts";
import { installedWrangler } from "./wrangler.ts";

const usage = `Usage:
  npm run setup                       asks, then does it
  npm run setup -- --dry-run          says what it would do, and changes nothing
  npm run setup -- --yes [answers]    asks nothing

Answers, instead of questions:
  --name photos           what you call the deployment; its file is deployments/photos.toml. Where that is there already, it has the answers
  --domain example.com    pages there, API at api.example.com, pictures at src.example.com; none: a workers.dev address
  --page, --api, --src    each host by itself
  --plan paid|free        of Workers
  --prefix edgepix        what Workers, database and bucket are called
  --shape pair|solo       two Workers, or both in one
  --account ID            which Cloudflare account, where your login has several

  --analytics             both Workers note what they do in Analytics Engine, which must be switched on in the dashboard
  --browser-cache         lets the domain respect what our answers say of browsers' caches, which goes for every site there

Every step may be repeated: whatever stopped it, run the same command again.`;

const { values } = readArguments(
  {
    yes: { type: "boolean", default: false },
    "dry-run": { type: "boolean", default: false },
    analytics: { type: "boolean", default: false },
    "browser-cache": { type: "boolean", default: false },
    help: { type: "boolean", default: false },
    name: { type: "string" },
    domain: { type: "string" },
    page: { type: "string" },
    api: { type: "string" },
    src: { type: "string" },
    plan: { type: "string" },
    prefix: { type: "string" },
    shape: { type: "string" },
    account: { type: "string" },
  },
  usage,
);

await orStop(async () => {
  if (values.help) return console.log(usage);
  const asker = values.yes ? takesDefaults : terminal;
  const isDry = values["dry-run"];
  const name = await askName(values, asker);
  const account = await inPlainWords("Log in", () =>
    logIn(installedWrangler, values.account ?? accountOf(name)),
  );
  console.log(`Logged in to ${account.name}.`);
  const tools = setupToolsFor(account, asker);
  const begun = await begin({ given: values, name, account, asker, say: tools.say });
  await runSetup({ ...begun, tools, isDry, setsBrowserCache: values["browser-cache"] });
});

/** The account that the deployment's file names, if there is one. */
function accountOf(name: string): string | undefined {
  const path = deploymentPath(name);
  return existsSync(path) ? parseDeployment(readFileSync(path, "utf8"), path).account_id : undefined;
}
