// `npm run keys -- create|list|revoke …`: an account's keys, from the operator's terminal.
import { randomToken } from "../schema/ids.ts";
import { planNames } from "../schema/plans.ts";
import { hashApiKey, newApiKey } from "../workers/api/accounts/api-key.ts";
import { fail, readArguments } from "./options.ts";
import { runSql, sqlText, whereOf, whereOptions } from "./run-sql.ts";

const usage = `Usage:
  npm run keys -- create --name "my laptop" [--abilities read,write] [--account <id>] [--days 90] [--remote]
  npm run keys -- create --name "Ann" --new-account [--plan unlimited] [--abilities read,write] [--days 90] [--remote]
  npm run keys -- list [--remote]
  npm run keys -- revoke <key id> [--remote]

create makes one more key of the account that was there first, or of the one that --account names. With --new-account it makes
an account of its own with a first key, as it does where there is none yet. The key is shown once.
With --days it expires after so many.
Without --remote the local database of \`npm run dev\` is meant. Of several deployments, --deployment NAME says which.`;

const { values, positionals } = readArguments(
  {
    name: { type: "string" },
    abilities: { type: "string", default: "read,write" },
    plan: { type: "string" },
    account: { type: "string" },
    "new-account": { type: "boolean", default: false },
    days: { type: "string" },
    ...whereOptions,
  },
  usage,
);
const [command, keyId] = positionals;
const where = whereOf(values);

if (command === "create" && values.name) await create(values.name);
else if (command === "list") list();
else if (command === "revoke" && keyId) revoke(keyId);
else fail(usage);

async function create(name: string): Promise<void> {
  const abilities = [...new Set(values.abilities.split(","))];
  if (abilities.some((ability) => ability !== "read" && ability !== "write")) {
    fail("--abilities takes read, write or read,write");
  }
  const asked = values.plan ?? "unlimited";
  const plan = planNames.find((known) => known === asked && known !== "anonymous");
  if (!plan) fail(`--plan takes one of ${planNames.filter((known) => known !== "anonymous").join(", ")}`);
  const now = Date.now();
  const expiresAt = expiry(now) ?? "null";
  const existing = values["new-account"] ? undefined : findAccount();
  if (existing && values.plan !== undefined) fail("--plan is a new account's: say --new-account, too.");
  const key = newApiKey();
  const account = existing ?? randomToken(12);
  const newAccount = `insert into accounts (id, storage, name, plan, created_at)
    values (${[account, randomToken(6), name].map(sqlText).join(", ")}, ${sqlText(plan ?? "")}, ${now});`;
  const columns = [randomToken(12), account, await hashApiKey(key), name, abilities.join(","), key.slice(-4)];
  const newKey = `insert into api_keys (id, account_id, hash, name, abilities, hint, created_at, expires_at)
    values (${columns.map(sqlText).join(", ")}, ${now}, ${expiresAt});`;
  runSql(existing ? newKey : `${newAccount}\n${newKey}`, where);
  console.log(`Key of account ${account} (${abilities.join(", ")}). It can't be shown again:\n\n  ${key}\n`);
}

/** The account that is named, or the first there was; undefined where there is none. */
function findAccount(): string | undefined {
  const isReal = "id <> 'anonymous' and deleting_at is null";
  const which = values.account === undefined ? isReal : `${isReal} and id = ${sqlText(values.account)}`;
  const [first] = runSql(`select id from accounts where ${which} order by created_at, id limit 1;`, where);
  if (!first && values.account !== undefined) {
    fail(`There is no account ${values.account}. \`npm run keys -- list\` shows the ids.`);
  }
  return first === undefined ? undefined : String(first.id);
}

function expiry(now: number): number | undefined {
  if (values.days === undefined) return undefined;
  const days = Number(values.days);
  if (!(days > 0 && days <= 36_500)) fail("--days takes a number of days, up to a hundred years");
  return Math.round(now + days * 86_400_000);
}

function list(): void {
  const rows = runSql(
    `select k.id, k.name, '…' || k.hint as ends, k.abilities, k.account_id as account, a.plan,
       case when k.revoked_at is not null then 'revoked'
         when k.expires_at < ${Date.now()} then 'expired' else 'active' end as state,
       datetime(k.last_used_at / 1000, 'unixepoch') as last_used
     from api_keys k join accounts a on a.id = k.account_id order by k.created_at`,
    where,
  );
  console.table(rows);
}

function revoke(id: string): void {
  const rows = runSql(
    `update api_keys set revoked_at = ${Date.now()} where id = ${sqlText(id)} and revoked_at is null returning id`,
    where,
  );
  if (rows.length === 0) fail(`There is no active key ${id}. \`npm run keys -- list\` shows the ids.`);
  console.log(`Key ${id} is revoked.`);
}
