// `npm run attack`: hostile files and requests against both Workers, in memory that is really limited; alone, then eight at once.
//
//   --quick        some 80 of the rows: each kind once
//   --only WORDS   rows whose name holds these words (may be repeated)
//   --write        put the table into docs/limits.md
//   --soak MIN     instead: rows drawn by `--seed` and honest requests at once, for so many minutes
//
// Ends with 1 when an answer breaks the contract, a Worker dies, or a row takes more memory or processor time than it may.

import { parseArgs } from "node:util";
import { attempt, type Result } from "./attempt.ts";
import { startProduct } from "./host/product.ts";
import { rows } from "./rows.ts";
import { soak } from "./soak/soak.ts";
import { printRow, summarise, tableHead } from "./table.ts";
import { World } from "./world.ts";
import { writeTable } from "./write-table.ts";

/** Then only what costs little alone comes eight times at once as well. */
const QUICK_CROWD_MS = 150;

const { values: asked } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    only: { type: "string", multiple: true, default: [] },
    write: { type: "boolean", default: false },
    soak: { type: "string", default: "0" },
    seed: { type: "string", default: "1" },
  },
});
const chosen = rows.filter(
  ({ name, quick }) =>
    (!asked.quick || quick === true) &&
    (asked.only.length === 0 || asked.only.some((words) => name.includes(words))),
);

const product = await startProduct();
if (Number(asked.soak) > 0) {
  const isWell = await soak(chosen, product, { minutes: Number(asked.soak), seed: Number(asked.seed) });
  await product.stop();
  process.exit(isWell ? 0 : 1);
}
const world = new World(product);
const results: Result[] = [];
console.log(tableHead);
for (const row of chosen) {
  const result = await attempt(row, product, world, asked.quick ? QUICK_CROWD_MS : undefined);
  results.push(result);
  console.log(printRow(result));
  // After each: a run of half an hour that is ended leaves what it has found.
  if (asked.write) await writeTable(results, chosen.length);
}
await product.stop();

console.log(`\n${summarise(results)}`);
process.exit(results.some(({ problems }) => problems.length > 0) ? 1 : 0);
