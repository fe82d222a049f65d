// Keeps a run's table in docs/limits.md, between two marks.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Result } from "./attempt.ts";
import { shorten, summarise } from "./table.ts";

const page = join(import.meta.dirname, "../../docs/limits.md");
const marks = ["<!-- attack -->", "<!-- /attack -->"] as const;

/** `of`: how many rows were to be run. Throws when the page has lost its marks. */
export async function writeTable(results: readonly Result[], of: number): Promise<void> {
  const text = await readFile(page, "utf8");
  const [before, behind] = text.split(marks[0]);
  const after = behind?.split(marks[1])[1];
  if (after === undefined) throw new Error(`docs/limits.md has no ${marks.join(" … ")}`);
  const table = [
    "| attack | CPU ms | MB | MB, 8 at once | answers |",
    "| --- | --: | --: | --: | --- |",
    ...results.map(tableRow),
  ].join("\n");
  const rest = results.length < of ? ` Ended before the other ${of - results.length} of ${of}.` : "";
  await writeFile(
    page,
    `${before}${marks[0]}\n${summarise(results)}${rest}\n\n${table}\n${marks[1]}${after}`,
  );
}

const megabytes = (bytes: number | undefined) => (bytes === undefined ? "" : (bytes / 1e6).toFixed(0));

const tableRow = ({ name, cpuMs, aloneBytes, crowdBytes, answers, problems }: Result) => {
  const wrong = problems.map((problem) => ` **failed**: ${problem.replaceAll(/[|\s]+/g, " ").slice(0, 120)}`);
  const figures = [cpuMs.toFixed(0), megabytes(aloneBytes), megabytes(crowdBytes)].join(" | ");
  return `| ${name} | ${figures} | ${shorten(answers)}${wrong.join(";")} |`;
};
