// `npm run bench:api [-- --write] [-- --sizes 1000,100000]`: what each endpoint costs, and how many calls a second it takes.
import { writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { type Measured, measureCosts } from "./cost-table.ts";
import { type Load, measureLoad } from "./load.ts";

const { values } = parseArgs({
  options: {
    write: { type: "boolean", default: false },
    sizes: { type: "string", default: "1000,100000,1000000" },
  },
});
const sizes = values.sizes.split(",").map(Number);

const costs = await measureCosts(sizes);
const load = await measureLoad();
const text = `<!-- Written by \`npm run bench:api -- --write\`; don't edit. -->
# What the API costs

${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model.trim() ?? "unknown processor"} (${cpus().length} cores), Node ${process.versions.node}, local D1 and Durable Objects in workerd.

## Rows and time of the database

Images over 1,000 accounts; a tenth of them belong to the one account that is asked. Rows read and written are what D1 bills;
a row of an index counts. Times are medians from outside the database process, so each includes about a millisecond of travel.
Lists are pages of 10.

${costTable(costs)}

## Calls over HTTP

Both Workers in one \`wrangler dev\` process, eight callers at once, everything on this machine, callers included.

${loadTable(load)}
`;
console.log(text);
if (values.write) await writeFile("docs/benchmarks-api.md", text);

function costTable(table: ReadonlyMap<string, readonly Measured[]>): string {
  const heads = sizes.map((size) => `${size.toLocaleString("en")} images`);
  const rows = [...table].map(([name, measured]) => `| ${name} | ${measured.map(costCell).join(" | ")} |`);
  return [`| endpoint | ${heads.join(" | ")} |`, `| --- |${" --- |".repeat(sizes.length)}`, ...rows].join(
    "\n",
  );
}

function costCell({ rowsRead, rowsWritten, milliseconds }: Measured): string {
  const written = rowsWritten > 0 ? `, ${rowsWritten} written` : "";
  return `${rowsRead} read${written}, ${milliseconds.toFixed(1)} ms`;
}

function loadTable(loads: readonly Load[]): string {
  const rows = loads.map(({ name, requestsPerSecond, percentiles }) => {
    const times = percentiles.map((time) => `${time.toFixed(1)} ms`).join(" | ");
    return `| ${name} | ${requestsPerSecond.toFixed(0)} | ${times} |`;
  });
  return ["| call | a second | p50 | p95 | p99 |", "| --- | --- | --- | --- | --- |", ...rows].join("\n");
}
