// What became of each made file at its last trial: written by the trial, read by the page docs/formats.md.
import { readFileSync } from "node:fs";
import { z } from "zod";
import { sourceFormats } from "../../../schema/facts.ts";

export const rowsFile = "test/golden/made-files.json";

const outcomeShape = {
  accepted: z.enum(["yes", "damaged", "plain only", "no"]),
  /** `as it is`, or the media type that the plain URL answers instead; null where nothing was kept. */
  plain: z.string().nullable(),
  rendered: z.boolean(),
};
/** The mean Delta E of our render from this reader's picture of the file, or why there is none. */
const comparison = z.union([z.number(), z.enum(["shows nothing", "shows it", "another size"])]);

const rowSchema = z.strictObject({
  format: z.enum(sourceFormats),
  feature: z.string(),
  ...outcomeShape,
  chromium: comparison,
  libvips: comparison,
});
export type MadeRow = z.infer<typeof rowSchema>;
export type Outcome = Pick<MadeRow, keyof typeof outcomeShape>;
export type Accepted = Outcome["accepted"];

export function readRows(): readonly MadeRow[] {
  return z.array(rowSchema).parse(JSON.parse(readFileSync(rowsFile, "utf8")));
}

/** A row a line, so that a change shows in a diff. */
export function printRows(rows: readonly MadeRow[]): string {
  return `[\n${rows.map((row) => JSON.stringify(row)).join(",\n")}\n]\n`;
}
