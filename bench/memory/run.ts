// Holds the plans against what jobs take: `npm run bench:memory`, with words to choose rows by (`-- webp noise`).

import { gridOf } from "../../test/harness/memory/grid.ts";
import { hold } from "../../test/harness/memory/hold.ts";
import { isEnough, isTight } from "../../test/harness/memory/verdict.ts";

const MB = 1 << 20;

const words = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const rows = gridOf(process.argv.includes("--small") ? "small" : "full").filter(({ source, query }) =>
  words.every((word) => `${source.name} ${query}`.includes(word)),
);

console.log("| original | asked for | planned MB | took MB | of it WASM | file MB | planned / took | |");
console.log("| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |");
let wrong = 0;
for (const row of rows) {
  const held = await hold(row);
  if (!held) {
    console.log(`| ${row.source.name} | ${row.query} | | | | | | refused |`);
    continue;
  }
  const { predictedBytes, measuredBytes, wasmBytes, fileBytes } = held;
  const verdict = !isEnough(predictedBytes, measuredBytes)
    ? "TOO LITTLE"
    : isTight(predictedBytes, measuredBytes)
      ? ""
      : "loose";
  if (verdict !== "") wrong++;
  const figures = [predictedBytes, measuredBytes, wasmBytes, fileBytes].map((bytes) =>
    (bytes / MB).toFixed(1),
  );
  const ratio = (predictedBytes / measuredBytes).toFixed(2);
  console.log(`| ${row.source.name} | ${row.query} | ${figures.join(" | ")} | ${ratio} | ${verdict} |`);
}
console.log(`\n${rows.length} jobs, ${wrong} of them not as planned.`);
process.exit(wrong === 0 ? 0 : 1);
