// `npm run adopt -- own|other`: makes images of pictures that lie in a bucket of R2 already, each exactly once.
import { bucketNames } from "../schema/adopt.ts";
import { findAccount, nameOf } from "./adopt/account.ts";
import { Refusals } from "./adopt/refusals.ts";
import { adoptAll } from "./adopt/run.ts";
import { monthlyCost, sizeOf, tallyLines, tallyOf } from "./adopt/tally.ts";
import { adopt, inLooks, lookAt, newObjects, pagesOf } from "./adopt/walk.ts";
import { operatorAt, orFail } from "./backup/command.ts";
import { atOnceIn, fail, readArguments } from "./options.ts";
import { Progress } from "./progress.ts";
import { plain } from "./refused.ts";
import { someAtOnce } from "./some-at-once.ts";

const usage = `Usage:
  ADMIN_TOKEN=… npm run adopt -- other    the bucket that [names] adopt of the deployment's file names
  ADMIN_TOKEN=… npm run adopt -- own      the deployment's own bucket, beside its originals

Without --yes it only looks, and says what would become of what. Objects are copied within Cloudflare; where they lie they are never changed.

  --yes               adopts them
  --to <origin>       the deployment's API (default http://localhost:8787)
  --account <who>     whose they shall be: an id, an e-mail address, or the first part of image URLs; may be left out where there is one account
  --prefix <text>     only objects whose name begins so
  --private           their pages are shown to nobody but their owner
  --at-once <number>  objects on their way at the same time, 1 to 16 (default 4)

It may be ended at any time, and run by several at once: the same command goes on, and each object becomes one image.

Exit code: 0 all is there, 1 some objects were not taken (they stand in adopt-<bucket>.failed.csv), 2 it could not begin or had to end.`;

const { values, positionals } = readArguments(
  {
    yes: { type: "boolean", default: false },
    to: { type: "string", default: "http://localhost:8787" },
    account: { type: "string" },
    prefix: { type: "string", default: "" },
    private: { type: "boolean", default: false },
    "at-once": { type: "string", default: "4" },
  },
  usage,
);
const [asked, ...more] = positionals;
const bucket = bucketNames.find((name) => name === asked);
const atOnce = atOnceIn(values["at-once"], 16);
if (!bucket || more.length > 0) fail(usage, 2);
if (!atOnce) fail("--at-once takes a number from 1 to 16.", 2);
const { operator } = operatorAt(values.to);
const source = { bucket, prefix: values.prefix };

const owner = await orFail(findAccount(operator, values.account));
const tally = await orFail(tallyOf(pagesOf(operator, source)));
for (const line of tallyLines(tally)) console.log(line);
const { count, bytes } = tally.of("new");
const into = { ...source, account: owner.id };
const refusals = new Refusals(tally.bucket);
const progress = new Progress(process.stderr, Date.now());
const show = (counts: { readonly sent: number; readonly refused: number }) => {
  // More may have come since they were counted.
  progress.show({ ...counts, all: Math.max(count, counts.sent), over: counts.sent }, Date.now());
};

if (!values.yes) await orFail(look());
else {
  const result = await adoptAll({
    objects: newObjects(operator, source),
    adopt: (object) => adopt(operator, { ...into, isPublic: !values.private }, object),
    refuse: (thing) => refusals.add(thing),
    ...{ atOnce, show },
  });
  progress.end();
  const { done, there, over } = result;
  console.log(
    `${done} adopted into ${nameOf(owner)}${there > 0 ? `, ${there} were there already` : ""}${refusals.count > 0 ? `, ${refusals.count} not taken` : ""}.`,
  );
  for (const line of refusals.lines()) console.log(line);
  if (over) console.log(`It had to end: ${plain(over.message)}`);
  if (over?.advice) console.log(`-> ${over.advice}`);
  if (over) console.log("The same command goes on from here.");
  console.log(`Everything that was adopted has the label import=${plain(tally.bucket)}.`);
  process.exitCode = over ? 2 : refusals.count > 0 ? 1 : 0;
}

async function look(): Promise<void> {
  let sent = 0;
  await someAtOnce(inLooks(newObjects(operator, source)), atOnce ?? 1, async (some) => {
    const looks = await lookAt(
      operator,
      into,
      some.map(({ key }) => key),
    );
    for (const { key, refusal } of looks)
      if (refusal !== null) refusals.add({ name: key, code: "would_be_refused", message: refusal });
    sent += some.length;
    show({ sent, refused: refusals.count });
  });
  progress.end();
  console.log(
    `${sent - refusals.count} would become images of ${nameOf(owner)}, ${refusals.count} would not.`,
  );
  for (const line of refusals.lines()) console.log(line);
  if (sent > refusals.count)
    console.log(
      `Until you delete the old objects R2 holds them twice: at most ${sizeOf(bytes)} more, ${monthlyCost(bytes)}.`,
    );
  console.log("Nothing was changed. --yes adopts them.");
}
