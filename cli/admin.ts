// `npm run admin -- block|unblock|nsfw|sfw|suspend|activate|plan|email|operator|reexamine …`: an operator's hand on images and accounts.
import { sha256Schema } from "../schema/blocked-files.ts";
import { planNames } from "../schema/plans.ts";
import type { Resolution } from "../schema/reports.ts";
import { normalEmail } from "../workers/api/accounts/email.ts";
import { fail, readArguments } from "./options.ts";
import { reexamineAll } from "./reexamine.ts";
import { runSql, sqlText, whereOf, whereOptions } from "./run-sql.ts";

const usage = `Usage:
  npm run admin -- block|unblock|nsfw|sfw <image id> [--refuse-file] [--remote]
  npm run admin -- refuse-file|allow-file <SHA-256> [--remote]
  npm run admin -- suspend|activate <account id> [--remote]
  npm run admin -- plan <account id> <${planNames.filter((name) => name !== "anonymous").join("|")}> [--remote]
  npm run admin -- email <account id> <address> [--remote]
  npm run admin -- operator|no-operator <account id> [--remote]
  npm run admin -- reexamine [--origin https://api.example.com] [--from <id>]

Who has an account's address can sign in to it. An operator sees what only operators see.
With --refuse-file, and by its SHA-256, nobody can upload that very file again until it is allowed.
A blocked image is gone from its page at once, and from caches within a minute or two.
Without --remote the local database of \`npm run dev\` is meant. Of several deployments, --deployment NAME says which.
\`reexamine\` looks at images again that an older engine has looked at. It asks the API, by default that of \`npm run dev\`,
and needs the secret ADMIN_TOKEN in the environment.`;

const { values, positionals } = readArguments(
  {
    ...whereOptions,
    origin: { type: "string", default: "http://localhost:8787" },
    from: { type: "string", default: "" },
    "refuse-file": { type: "boolean", default: false },
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
else if (id && (command === "refuse-file" || command === "allow-file")) changeFile(command === "allow-file");
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
  if (values["refuse-file"] && command !== "block") fail("--refuse-file goes with block.");
  const refused = values["refuse-file"] ? refuseFiles(`select sha256, id from images ${where}`) : "";
  report(
    runSql(
      `${purge} ${answered} ${refused} update images set ${change} ${where} returning id, status, nsfw;`,
      whereOf(values),
    ),
    "image",
  );
}

/** `files`: hashes, each with the image that it is known by. What is refused already stays as it was noted first. */
function refuseFiles(files: string): string {
  const now = Date.now();
  return `insert into blocked_files (sha256, image_id, blocked_at) select file.*, ${now} from (${files}) as file where true
    on conflict (sha256) do update set image_id = excluded.image_id, note = '', blocked_at = ${now}, blocked_by = null, lifted_at = null, lifted_by = null
    where lifted_at is not null;`;
}

function changeFile(isAllowed: boolean): void {
  const sha256 = sha256Schema.safeParse(id);
  if (!sha256.success) fail("A SHA-256 has 64 hexadecimal digits: sha256sum <file> tells it.");
  const change = isAllowed
    ? `update blocked_files set lifted_at = ${Date.now()}, lifted_by = null where sha256 = '${sha256.data}' and lifted_at is null;`
    : refuseFiles(`select '${sha256.data}', null`);
  const rows = runSql(
    `${change} select sha256, image_id, blocked_at, lifted_at from blocked_files where sha256 = '${sha256.data}';`,
    whereOf(values),
  );
  if (rows.length === 0) fail(`The file ${sha256.data} was never refused.`);
  console.table(rows);
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
