// `npm run bench:profile -- JOB…`: which functions a job spends its time in.

import { profileWhile } from "./host/profile.ts";
import { jobs } from "./jobs.ts";
import { order, startEngine } from "./measure/bench-worker.ts";

const shown = 12;

for (const name of process.argv.slice(2)) {
  const job = jobs[name];
  if (!job) throw new Error(`no job is called ${name}; there are ${Object.keys(jobs).join(", ")}`);
  const worker = await startEngine("edgepix");
  // Twice before: what is compiled on the way is not what a warm isolate does.
  await order(worker, job, 2);
  const hot = await profileWhile(worker.inspector, () => order(worker, job, 5));
  await worker.stop();
  console.log(name);
  for (const { name: where, share } of hot.slice(0, shown)) {
    console.log(`${(share * 100).toFixed(1).padStart(6)} %  ${where}`);
  }
}
process.exit(0);
