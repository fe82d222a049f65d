// `npm run restore -- <folder>`: brings a copy that `npm run export` made into an empty deployment.
import { appendFileSync, existsSync, openAsBlob, readFileSync } from "node:fs";
import { join } from "node:path";
import { type CopiedRow, type CopiedTable, copiedTableNames } from "../schema/backup.ts";
import { ANONYMOUS_ACCOUNT } from "../schema/ids.ts";
import { batches } from "./backup/batches.ts";
import { operatorAt, orFail } from "./backup/command.ts";
import { CopyFolder, imageOf } from "./backup/folder.ts";
import { atOnceIn, fail, readArguments } from "./options.ts";
import { Progress } from "./progress.ts";
import { someAtOnce } from "./some-at-once.ts";
import { Stop } from "./stop.ts";

const usage = `Usage:
  ADMIN_TOKEN=… npm run restore -- <folder> [--to https://api.example.com] [--at-once 8]

Without --to the deployment is \`npm run dev\`. It must be empty: migrated, and nobody has signed up. It may be ended at any time: the same command goes on.

Exit code: 0 all is there, 2 it could not begin or had to end.`;

const { values, positionals } = readArguments(
  { to: { type: "string", default: "http://localhost:8787" }, "at-once": { type: "string", default: "8" } },
  usage,
);
const [path] = positionals;
const atOnce = atOnceIn(values["at-once"], 32);
if (!path || !atOnce) fail(usage, 2);
const folder = new CopyFolder(path);
const copy = await orFail(folder.read());
if (!copy) fail(`${path} holds no whole copy: run \`npm run export\` to its end first.`, 2);
const { origin, operator } = operatorAt(values.to);

// What this folder has brought there so far; its first line is the sign that we have begun, and may find our own rows.
const journalPath = join(path, `restored-to-${new URL(origin).host.replaceAll(/[^\w.-]/g, "-")}.txt`);
const done = new Set(existsSync(journalPath) ? readFileSync(journalPath, "utf8").split("\n") : []);
if (!done.has("begun")) {
  await orFail(refuseFull());
  appendFileSync(journalPath, "begun\n");
}

const progress = new Progress(process.stderr, Date.now());
let [over, sent] = [0, 0];

for (const table of copiedTableNames) {
  if (table === "images") await orFail(someAtOnce(batches(folder.rows("images")), atOnce, restoreImages));
  else await orFail(restoreTable(table));
}
progress.end();
console.log(
  `All of ${path} is at ${origin}: ${over} images. \`npm run verify\` looks whether everything agrees.`,
);

async function refuseFull(): Promise<void> {
  for (const table of ["accounts", "images"] as const)
    for await (const row of operator.rows(table))
      if (row.id !== ANONYMOUS_ACCOUNT)
        throw new Stop(`${origin} is not empty: it has ${table}. Restore into a new deployment.`);
}

async function restoreTable(table: CopiedTable): Promise<void> {
  for await (const batch of batches(folder.rows(table))) await operator.restoreRows(table, batch);
}

/** Their originals first: a row never stands without its picture. */
async function restoreImages(batch: readonly CopiedRow[]): Promise<void> {
  const left = batch.filter((row) => !done.has(String(row.id)));
  for (const row of left) {
    const image = imageOf(row);
    if (await folder.has(image, image.bytes))
      await operator.putOriginal(image, image.sha256, await openAsBlob(folder.originalPath(image)));
  }
  if (left.length > 0) {
    await operator.restoreRows("images", left);
    appendFileSync(journalPath, `${left.map(({ id }) => id).join("\n")}\n`);
  }
  over += batch.length;
  sent += left.length;
  progress.show({ all: copy?.rows.images ?? 0, sent, over, refused: 0 }, Date.now());
}
