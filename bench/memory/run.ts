// Holds the plans against what jobs take: `npm run bench:memory`, with words to choose rows by (`-- webp noise`).
//
// Each job runs in a workerd of its own, without a limit. Measured: WASM memories, and JS heap and buffers above idle.

import { send, startEngine, taskFor } from "../measure/bench-worker.ts";
import { measureMemory } from "../measure/memory.ts";
import { gridOf, type Row } from "./grid.ts";
import { folder } from "./sources.ts";
import { isEnough, isTight } from "./verdict.ts";

const output = { width: 0, height: 0, format: "jpg", quality: 0 } as const;
const MB = 1 << 20;

export interface Held {
  readonly row: Row;
  readonly predictedBytes: number;
  readonly measuredBytes: number;
  readonly wasmBytes: number;
  readonly fileBytes: number;
}

export async function hold(row: Row): Promise<Held> {
  const path = await row.source.make();
  const task = await taskFor(path, row.query, output);
  const worker = await startEngine("edgepix", { photos: folder });
  try {
    let predictedBytes = 0;
    let fileBytes = 0;
    const work = async (repeats: number) => {
      const answer = await send(worker, { repeats, task });
      predictedBytes = answer.predictedBytes ?? 0;
      fileBytes = answer.servedBytes ?? answer.bytes.length;
      return answer;
    };
    const { jobBytes, wasmBytes } = await measureMemory(worker, work, 1);
    return { row, predictedBytes, measuredBytes: jobBytes, wasmBytes, fileBytes };
  } finally {
    await worker.stop();
  }
}

const words = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const rows = gridOf(process.argv.includes("--small") ? "small" : "full").filter(({ source, query }) =>
  words.every((word) => `${source.name} ${query}`.includes(word)),
);

console.log("| original | asked for | planned MB | took MB | of it WASM | file MB | planned / took | |");
console.log("| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |");
let wrong = 0;
for (const row of rows) {
  const { predictedBytes, measuredBytes, wasmBytes, fileBytes } = await hold(row);
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
