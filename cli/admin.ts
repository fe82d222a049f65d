// `npm run admin -- block|unblock|nsfw|sfw|suspend|activate|plan|email|operator|reexamine …`: an operator's hand on images and accounts.
import { planNames } from "../schema/plans.ts";
import type { Resolution } from "../schema/reports.ts";
import { normalEmail } from "../workers/api/accounts/email.ts";
import { fail, readArguments } from "./options.ts";
import { reexamineAll } from "./reexamine.ts";
import { runSql, sqlText, whereOf, whereOptions } from "./run-sql.ts";

const usage = `Usage:
  npm run admin -- block|unblock|nsfw|sfw <image id> [--remote]
  npm run admin -- suspend|activate <account id> [--remote]
  npm run admin -- plan <account id> <${planNames.filter((name) => name !== "anonymous").join("|")}> [--remote]
  npm run admin -- email <account id> <address> [--remote]
  npm run admin -- operator|no-operator <account id> [--remote]
  npm run admin -- reexamine [--origin https://api.example.com] [--from <id>]

Who has an account's address can sign in to it. An operator sees what only operators see.
A blocked image is gone from its page at once, and from caches within a minute or two.
Without --remote the local database of \`npm run dev\` is meant. Of several deployments, --deployment NAME says which.
\`reexamine\` looks at images again that an older engine has looked at. It asks the API, by default that of \`npm run dev\`,
and needs the secret ADMIN_TOKEN in the environment.`;

const { values, positionals } = readArguments(
  {
    ...whereOptions,
    origin: { type: "string", default: "http://localhost:8787" },
    from: { type: "string", default: "" },
  },
  usage,
);
const [command = "", id = "", value = ""] = positionals;

const imageChanges: Readonly<Record<string, string>> = {
  block: "status = 'blocked'",
  unblock: "status = iif(status = 'blocked', 'ready', status)",
  nsfw: "nsfw = 1",
  sfw: "nsfw = 0",
};
/** What was said of the image is answered by it. */
const answers: Readonly<Record<string, Resolution>> = { block: "blocked", nsfw: "marked" };
const accountChanges: Readonly<Record<string, string>> = {
  suspend: "status = 'suspended'",
  activate: "status = 'active'",
  operator: "operator = 1",
  "no-operator": "operator = 0",
  ...(command === "email" && {
    email: `email = ${sqlText(normalEmail(value) ?? fail("That is no e-mail address."))}`,
  }),
  ...(planNames.some((name) => name === value && name !== "anonymous") && {
    plan: `plan = ${sqlText(value)}`,
  }),
};

const imageChange = imageChanges[command];
const accountChange = accountChanges[command];
if (id && imageChange) changeImage(imageChange);
else if (id && accountChange) changeAccount(accountChange);
else if (command === "reexamine") await reexamine();
else fail(usage);

/** The outbox row makes the cron purge caches, as the API does at once. */
function changeImage(change: string): void {
  const where = `where id = ${sqlText(id)}`;
  const purge = `insert or ignore into outbox (image_id, kind, account_id, storage, due_at)
    select id, 'purge', account_id, storage, 0 from images ${where};`;
  const resolution = answers[command];
  const answered = resolution
    ? `update reports set resolved_at = ${Date.now()}, resolution = '${resolution}' where image_id = ${sqlText(id)} and resolved_at is null;`
    : "";
  report(
    runSql(
      `${purge} ${answered} update images set ${change} ${where} returning id, status, nsfw;`,
      whereOf(values),
    ),
    "image",
  );
}

function changeAccount(change: string): void {
  const sql = `update accounts set ${change} where id = ${sqlText(id)} and id <> 'anonymous' returning id, name, email, plan, status, operator;`;
  report(runSql(sql, whereOf(values)), "account");
}

async function reexamine(): Promise<void> {
  const token = process.env.ADMIN_TOKEN;
  if (!token) fail("Set ADMIN_TOKEN to the operator's token: ADMIN_TOKEN=… npm run admin -- reexamine");
  await reexamineAll({ origin: values.origin.replace(/\/$/, ""), token, from: values.from });
}

function report(rows: readonly unknown[], what: string): void {
  if (rows.length === 0) fail(`There is no ${what} ${id}.`);
  console.table(rows);
}
