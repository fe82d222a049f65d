// `npm run bench:edge`: what the edge is held to. Counts by the fake platform, ratios in one run.
//
//   --section NAME   counts, throughput, second-size, likeness or minted alone (may be repeated)
//   --urls N         how many spellings and minted URLs (default 10000)
//   --rounds N       of the load (default 5), --seconds N each (default 3)
//   --write          put the table into docs/benchmarks.md

import { parseArgs } from "node:util";
import { writeSection } from "../section.ts";
import type { Row } from "./section.ts";
import { counts } from "./sections/counts.ts";
import { likeness } from "./sections/likeness.ts";
import { minted } from "./sections/minted.ts";
import { secondSize } from "./sections/second-size.ts";
import { throughput } from "./sections/throughput.ts";

const { values: asked } = parseArgs({
  options: {
    section: { type: "string", multiple: true },
    urls: { type: "string", default: "10000" },
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "3" },
    write: { type: "boolean", default: false },
  },
});
const urls = Number(asked.urls);
const sections: Readonly<Record<string, () => Promise<Row[]>>> = {
  counts: () => counts(urls),
  throughput: () => throughput(Number(asked.rounds), Number(asked.seconds)),
  "second-size": () => secondSize(Number(asked.rounds)),
  likeness,
  minted: () => minted(urls),
};

const rows: Row[] = [];
for (const [name, measure] of Object.entries(sections))
  if (asked.section?.includes(name) ?? true) rows.push(...(await measure()));
const table = [
  "| what | measured | bar | |",
  "| --- | --- | --- | --- |",
  ...rows.map(
    ({ what, value, bar, isMet }) => `| ${what} | ${value} | ${bar} | ${isMet ? "met" : "missed"} |`,
  ),
].join("\n");
console.log(table);
if (asked.write)
  await writeSection(
    "edge",
    `## The edge

Written by \`npm run bench:edge -- --write\`, ${new Date().toISOString().slice(0, 10)}. Runs, rows and renders are counted by a fake of Cloudflare's caches around
the real Workers (\`test/src/edge-costs.test.ts\`, as in CI); ratios are medians of turns in one run.

${table}`,
  );
// Idle connections would keep the process for a while.
process.exit(rows.every(({ isMet }) => isMet) ? 0 : 1);
