// `npm run bench`: the engine in workerd against sharp with one thread, on the same files, in turns.
//
//   --job NAME     only this job (may be repeated)
//   --json         one JSON line a job, and nothing else on stdout
//   --turns N      how often each contender is timed (default 7)
//   --alone        leave out Photon and jSquash
//   --cost         also time one job at 1 to 108 megapixels
//   --retouch      the tools of a retouch, in a table of their own
//   --write        put the result into docs/benchmarks.md

import { parseArgs } from "node:util";
import { jobs, pictureJobs } from "./jobs.ts";
import { engineNames } from "./measure/bench-worker.ts";
import { type JobResult, measureJob } from "./measure/measure-job.ts";
import { describeCost, measureCost } from "./megapixels.ts";
import { jsonLine, markdownTable } from "./report.ts";
import { retouchJobs } from "./retouch-jobs.ts";
import { writeBenchmarks } from "./write-benchmarks.ts";
import { retouchTable, writeRetouch } from "./write-retouch.ts";

const { values: asked } = parseArgs({
  options: {
    job: { type: "string", multiple: true },
    json: { type: "boolean", default: false },
    turns: { type: "string", default: "7" },
    alone: { type: "boolean", default: false },
    retouch: { type: "boolean", default: false },
    cost: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
  },
});
const names = asked.job ?? Object.keys(asked.retouch ? retouchJobs : pictureJobs);
const unknown = names.filter((name) => !jobs[name]);
if (unknown.length > 0)
  throw new Error(`no job is called ${unknown.join(", ")}; there are ${Object.keys(jobs).join(", ")}`);

// Programs read only about us and sharp; the baselines are for people.
const engines = asked.alone || asked.json || asked.retouch ? (["edgepix"] as const) : engineNames;
const settings = { turns: Number(asked.turns), engines };
const results = new Map<string, JobResult>();
for (const name of names) {
  const job = jobs[name];
  if (!job) continue;
  const result = await measureJob(job, settings);
  results.set(name, result);
  const line = JSON.stringify(jsonLine(name, result));
  if (asked.json) console.log(line);
  else console.error(line);
}

if (asked.retouch) {
  console.log(retouchTable(results));
  if (asked.write) await writeRetouch(retouchTable(results));
  process.exit(0);
}
const cost = asked.cost || asked.write ? describeCost(await measureCost(settings.turns)) : "";
if (!asked.json) console.log(`${markdownTable(results)}\n${cost}`);
if (asked.write) await writeBenchmarks(markdownTable(results), cost);
// sharp's and workerd's idle sockets would keep the process for a while.
process.exit(0);
