// What came of an import, in words, and a table of what was not taken.
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
  const byReason = Map.groupBy(refused, ({ code, message }) => `${code}: ${message}`);
  const reasons = [...byReason].sort(([, a], [, b]) => b.length - a.length);
  const left = entries - done - before - refused.length;
  const lines = [
    `${done} brought${before > 0 ? `, ${before} were there already` : ""}${refused.length > 0 ? `, ${refused.length} not taken` : ""}${left > 0 ? `, ${left} left` : ""}.`,
    ...reasons
      .slice(0, 10)
      .map(
        ([reason, which]) =>
          `  ${which.length} x ${reason} (${which[0]?.name}${which.length > 1 ? ", …" : ""})`,
      ),
    ...(reasons.length > 10 ? [`  … and ${reasons.length - 10} other reasons`] : []),
    ...(refused.length > 0 ? [`All of them stand in ${journalPath}.failed.csv.`] : []),
    ...(over === undefined ? [] : [`It had to end: ${over}`, "The same command goes on from here."]),
    `Everything that was brought has the label import=${importId}.`,
  ];
  const table = refused.map(({ name, code, message }) => [name, code, message].map(cell).join(","));
  return {
    lines,
    failedTable: refused.length > 0 ? ["name,code,message", ...table, ""].join("\n") : undefined,
  };
}

const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
