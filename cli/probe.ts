// `npm run probe -- https://img.example.com`: asks a live deployment what its docs promise, and says in plain words what is wrong.
import { fail, readArguments } from "./options.ts";
import { checks } from "./probe/checks.ts";
import { Deployment } from "./probe/deployment.ts";
import { Visit } from "./probe/visit.ts";

const usage = `Usage:
  npm run probe -- https://img.example.com [--key img_live_…] [--patience 60] [--passed-on]

The address is the API's, or the only one there is. The probe uploads a small picture, looks at it in every way, deletes it, and says what is
not as it should be. The key may stand in EDGEPIX_KEY instead. Without a key it uploads as a stranger; such a picture can't be deleted by the
probe: it goes by itself after five minutes, and how fast deletions are is not checked.
--patience: for how many seconds a cache may need to keep or to forget (default 60).
--passed-on: pictures are at the API's own host, which passes them on: a cache that says nothing is not wrong then.

Exit code: 0 all is well, 1 something is wrong, 2 nothing could be checked.`;

const { values, positionals } = readArguments(
  {
    key: { type: "string" },
    patience: { type: "string", default: "60" },
    "passed-on": { type: "boolean", default: false },
  },
  usage,
);
const [address = ""] = positionals;
const patienceSeconds = Number(values.patience);
if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) fail(usage);
if (!(patienceSeconds >= 0)) fail("--patience takes a number of seconds.");
// An empty key is none: a shell that knows no such variable writes one.
const key = values.key || process.env.EDGEPIX_KEY;
const deployment = new Deployment(new URL(address).origin, key || undefined);

const uploaded = await deployment.upload().catch((problem: unknown) => {
  console.error(`Nothing could be checked: ${problem instanceof Error ? problem.message : String(problem)}`);
  process.exit(2);
});
const visit = new Visit(uploaded, deployment, patienceSeconds * 1000, values["passed-on"]);
process.once("SIGINT", async () => {
  await visit.cleanUp();
  process.exit(130);
});
let faults = 0;
try {
  console.log(`Uploaded ${uploaded.url}`);
  for (const { name, look } of checks) {
    const findings = await look(visit).catch((problem: unknown) => [
      { isWrong: true, says: `could not be checked: ${String(problem)}`, advice: "Run the probe again." },
    ]);
    for (const { isWrong, says, advice } of findings) {
      if (isWrong) faults++;
      console.log(`${isWrong ? "WRONG" : "ok   "}  ${name}: ${says}`);
      if (advice) console.log(`       ${isWrong ? "->" : "  "} ${advice}`);
    }
  }
} finally {
  console.log(await visit.cleanUp());
}
console.log(faults === 0 ? "All is well." : `${faults} ${faults === 1 ? "thing is" : "things are"} wrong.`);
process.exitCode = faults === 0 ? 0 : 1;
