// What came of an import, in words, and a table of what was not taken.
import { reasonLines, refusedTable } from "../refused.ts";
import type { Result } from "./run.ts";

interface About {
  readonly entries: number;
  readonly journalPath: string;
  readonly importId: string;
}

/** `failedTable` is CSV, undefined where everything was taken. */
export function report(
  { done, before, refused, over }: Result,
  { entries, journalPath, importId }: About,
): { readonly lines: readonly string[]; readonly failedTable: string | undefined } {
  const left = entries - done - before - refused.length;
  const lines = [
    `${done} brought${before > 0 ? `, ${before} were there already` : ""}${refused.length > 0 ? `, ${refused.length} not taken` : ""}${left > 0 ? `, ${left} left` : ""}.`,
    ...reasonLines(refused),
    ...(refused.length > 0 ? [`All of them stand in ${journalPath}.failed.csv.`] : []),
    ...(over === undefined ? [] : [`It had to end: ${over}`, "The same command goes on from here."]),
    `Everything that was brought has the label import=${importId}.`,
  ];
  return { lines, failedTable: refusedTable(refused) };
}
