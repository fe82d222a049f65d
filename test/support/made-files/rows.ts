// What became of each made file at its last trial: written by the trial, read by the page docs/formats.md.
import { readFileSync } from "node:fs";
import { z } from "zod";
import { sourceFormats } from "../../../schema/facts.ts";

export const rowsFile = "test/golden/made-files.json";

const rowSchema = z.strictObject({
  format: z.enum(sourceFormats),
  feature: z.string(),
  accepted: z.enum(["yes", "damaged", "plain only", "no"]),
  /** The media type that the plain URL answers. */
  plain: z.string().nullable(),
  rendered: z.boolean(),
  /** Mean distance of our render from what Chromium and libvips make of the file, 0..255; null where one of them makes nothing. */
  chromium: z.number().nullable(),
  libvips: z.number().nullable(),
  /** By Chromium, as it was uploaded. */
  isShown: z.boolean(),
});
export type MadeRow = z.infer<typeof rowSchema>;

export function readRows(): readonly MadeRow[] {
  return z.array(rowSchema).parse(JSON.parse(readFileSync(rowsFile, "utf8")));
}

/** A row a line, so that a change shows in a diff. */
export function printRows(rows: readonly MadeRow[]): string {
  return `[\n${rows.map((row) => JSON.stringify(row)).join(",\n")}\n]\n`;
}
