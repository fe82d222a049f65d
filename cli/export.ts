// `npm run export -- <folder>`: a copy of a whole deployment, rows and originals, that `npm run restore` can bring back.
import { type CopiedRow, copiedTableNames } from "../schema/backup.ts";
import { operatorAt, orFail } from "./backup/command.ts";
import { CopyFolder, imageOf } from "./backup/folder.ts";
import { atOnceIn, fail, readArguments } from "./options.ts";
import { Progress } from "./progress.ts";
import { someAtOnce } from "./some-at-once.ts";

const usage = `Usage:
  ADMIN_TOKEN=… npm run export -- <folder> [--from https://api.example.com] [--at-once 8]

Copies every row and every original into the folder; without --from those of \`npm run dev\`. It may be ended at any time: the same command goes on, and
another day it fetches only what is new. Who has the folder has every picture, private ones, too: it is made for you alone to read.

Exit code: 0 the copy is whole, 1 originals are missing or damaged (they are named), 2 it could not be made.`;

const { values, positionals } = readArguments(
  { from: { type: "string", default: "http://localhost:8787" }, "at-once": { type: "string", default: "8" } },
  usage,
);
const [path] = positionals;
const atOnce = atOnceIn(values["at-once"], 32);
if (!path || !atOnce) fail(usage, 2);
const { origin, operator } = operatorAt(values.from);
const folder = new CopyFolder(path);

const rows: Record<string, number> = {};
for (const table of copiedTableNames)
  rows[table] = await orFail(folder.writeRows(table, operator.rows(table)));
console.log(`${rows.images} images of ${rows.accounts} accounts.`);

const lost: string[] = [];
let [over, sent, bytes] = [0, 0, 0];
const progress = new Progress(process.stderr, Date.now());
const copyOriginal = async (row: CopiedRow) => {
  const image = imageOf(row);
  over++;
  bytes += image.bytes;
  if (!(await folder.has(image, image.bytes))) {
    const body = await operator.original(image);
    if (body && (await folder.writeOriginal(image, body))) sent++;
    // What is marked as failed has no original, and is copied as that.
    else if (image.status !== "failed") lost.push(image.id);
  }
  progress.show({ all: rows.images ?? 0, sent, over, refused: lost.length }, Date.now());
};
await orFail(someAtOnce(folder.rows("images"), atOnce, copyOriginal));
progress.end();
await folder.finish({
  origin,
  finishedAt: new Date().toISOString(),
  rows,
  originals: { count: over - lost.length, bytes },
});
console.log(
  `${sent} originals fetched, ${over - sent - lost.length} were there already. The copy lies in ${path}.`,
);
for (const id of lost) console.log(`lost or damaged: ${id}`);
process.exitCode = lost.length > 0 ? 1 : 0;
