// The table of the rows, for people: one line each, and what is wrong right under it.

import type { Result } from "./attempt.ts";

export const tableHead = `${"attack".padEnd(62)} ${"CPU ms".padStart(7)} ${"MB".padStart(5)} ${"MB x8".padStart(5)}  answers`;

const megabytes = (bytes: number | undefined) => (bytes === undefined ? "" : (bytes / 1e6).toFixed(0));

export function printRow({ name, cpuMs, aloneBytes, crowdBytes, answers, problems }: Result): string {
  const figures = [
    name.padEnd(62),
    cpuMs.toFixed(0).padStart(7),
    megabytes(aloneBytes).padStart(5),
    megabytes(crowdBytes).padStart(5),
  ].join(" ");
  const wrong = problems.map((problem) => `\n    FAILED: ${problem}`);
  return `${figures}  ${shorten(answers)}${wrong.join("")}`;
}

export function summarise(results: readonly Result[]): string {
  const failed = results.filter(({ problems }) => problems.length > 0).length;
  const most = (of: (result: Result) => number) => Math.max(...results.map(of)).toFixed(0);
  return [
    `${results.length} attacks, ${failed} failed.`,
    `Most processor time for one request: ${most(({ cpuMs }) => cpuMs)} ms.`,
    `Most memory: ${most(({ aloneBytes }) => aloneBytes / 1e6)} MB alone, ${most(({ crowdBytes = 0 }) => crowdBytes / 1e6)} MB eight at once.`,
  ].join(" ");
}

/** `201, jpeg, 422 media_failed`; many equal ones as `404 x30`. */
export function shorten(answers: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  return Array.from(counts, ([answer, count]) => (count > 1 ? `${answer} x${count}` : answer)).join(", ");
}
