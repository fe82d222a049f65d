// `npm run import -- <folder | list.txt | table.csv | export>`: brings many pictures to a deployment, each exactly once.
import { writeFileSync } from "node:fs";
import { basename } from "node:path";
import { Deployment } from "./import/deployment.ts";
import { Journal } from "./import/journal.ts";
import { report } from "./import/report.ts";
import { bringAll } from "./import/run.ts";
import { hosts, readSource } from "./import/sources/index.ts";
import { atOnceIn, fail, readArguments } from "./options.ts";
import { Progress } from "./progress.ts";
import { plain } from "./refused.ts";
import { exitBy } from "./stop.ts";

const usage = `Usage:
  npm run import -- <folder>      every picture below it; the folders become a label
  npm run import -- <list.txt>    addresses, one a line
  npm run import -- <table.csv>   a picture a row: url or file, caption, filename, public, nsfw, label.<key>; other columns are metadata
  npm run import -- <export> --from ${hosts.join("|")}

  --to <origin>        the deployment's API (default http://localhost:8787)
  --key <key>          a key that may read and write; may stand in EDGEPIX_KEY instead
  --dry-run            says what would be brought, and brings nothing
  --at-once <number>   pictures on their way at the same time, 1 to 16 (default 4)
  --journal <file>     where it is written down what is done (default import-<name>.jsonl)
  --again              also what was refused before
  --download           fetches addresses on this machine, where the deployment can't reach them
  --base <address>     where the files of chevereto, s3 or zipline are reached
  --variant <name>     of cloudflare-images: the variant to take (default public)
  --source-key <key>   of img.pro: a key that may read there; may stand in EDGEPIX_SOURCE_KEY instead

It may be ended at any time: the same command goes on where it was. Every picture gets the label import=<id>, by which all of them are found again.

Exit code: 0 all is there, 1 some pictures were not taken (they stand in <journal>.failed.csv), 2 it could not begin or had to end.`;

const { values, positionals } = readArguments(
  {
    to: { type: "string", default: "http://localhost:8787" },
    key: { type: "string" },
    "dry-run": { type: "boolean", default: false },
    "at-once": { type: "string", default: "4" },
    journal: { type: "string" },
    again: { type: "boolean", default: false },
    download: { type: "boolean", default: false },
    from: { type: "string" },
    base: { type: "string" },
    variant: { type: "string" },
    "source-key": { type: "string" },
  },
  usage,
);
const [source, ...more] = positionals;
const atOnce = atOnceIn(values["at-once"], 16);
if (!source || more.length > 0) fail(usage, 2);
if (!atOnce) fail("--at-once takes a number from 1 to 16.", 2);
if (!URL.canParse(values.to)) fail("--to takes the address of an API: https://api.example.com", 2);
const { origin } = new URL(values.to);

const { entries, others } = await readSource(source, {
  ...values,
  sourceKey: values["source-key"] || process.env.EDGEPIX_SOURCE_KEY,
}).catch((problem: unknown) => exitBy(problem, 2));
const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;
console.log(
  `${source} holds ${counted(entries.length, "picture", "pictures")}${others > 0 ? ` and ${counted(others, "file that is none", "files that are none")}` : ""}.`,
);
if (entries.length === 0) process.exit(2);

if (values["dry-run"]) {
  for (const entry of entries.slice(0, 5))
    for (const line of JSON.stringify(entry, undefined, 2).split("\n")) console.log(plain(line));
  if (entries.length > 5) console.log(`… and ${entries.length - 5} more.`);
  console.log("Nothing was brought: that was --dry-run.");
  process.exit(0);
}

const key =
  values.key ||
  process.env.EDGEPIX_KEY ||
  fail("Name a key that may read and write: --key, or EDGEPIX_KEY.", 2);
const journalPath = values.journal ?? `import-${basename(source).replaceAll(/[^\w.-]+/g, "-")}.jsonl`;
const journal = new Journal(journalPath, { source, origin });
if (journal.origin !== origin || journal.source !== source) {
  fail(
    `${journalPath} is the journal of an import of ${journal.source} to ${journal.origin}. Name another with --journal.`,
    2,
  );
}
const deployment = new Deployment({
  ...{ origin, key, importId: journal.id, isDownloading: values.download },
  sleep: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1_000)),
});
const refusal = await deployment.refusal();
if (refusal) fail(refusal, 2);

const progress = new Progress(process.stderr, Date.now());
const result = await bringAll({
  ...{ entries, journal, deployment, atOnce },
  isAgain: values.again,
  show: (counts) => progress.show(counts, Date.now()),
  clock: Date.now,
});
progress.end();
const { lines, failedTable } = report(result, { entries: entries.length, journalPath, importId: journal.id });
if (failedTable) writeFileSync(`${journalPath}.failed.csv`, failedTable, { mode: 0o600 });
for (const line of lines) console.log(line);
process.exitCode = result.over === undefined ? (result.refused.length > 0 ? 1 : 0) : 2;
