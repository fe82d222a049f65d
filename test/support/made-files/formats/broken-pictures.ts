// JPEGs and PNGs as they lie about in the world: cut, without their end or tables, with bits lost and bytes too many.
import { type BrokenFile, brokenJpegs } from "../../make-fixtures/broken-jpegs.ts";
import { brokenPngs } from "../../make-fixtures/broken-pngs.ts";
import type { MadeFile } from "../made-file.ts";
import type { Accepted } from "../rows.ts";

/** By name: what can't be accepted, and what is accepted with a note. */
const refused = /^cut within its|^cut behind its|sum of (IHDR|PLTE)|^a wrong check of|^no palette/;
const damaged =
  /^cut at|^FF |^a table's|^EOI in the middle|^a restart (?!far)|^an interval|^zeros in|later on|sum of (the first|a later) IDAT|^a wrong byte|^rows too few|^half a row|^a filter|^damage in|cut in its frame/;

function expectedOf(name: string): Accepted {
  if (refused.test(name)) return "no";
  if (name === "an unknown critical chunk") return "plain only";
  return damaged.test(name) ? "damaged" : "yes";
}

/** Chromium plays an animation as it is announced; we show the still where its frames can't be placed. */
const fallsShort: Readonly<Record<string, string>> = {
  "a hidden still, a smaller frame": "its first frame is not placed: the still is shown",
  "a still with an animation of no frame": "Chromium waits for its frames",
  "a hidden still, frame outside": "Chromium waits for its frames",
};

const listed = (format: "jpg" | "png", broken: readonly BrokenFile[]) =>
  broken.map(
    ({ name, file }): MadeFile => ({
      format,
      feature: `by hand: ${name}`,
      make: () => file,
      expected: expectedOf(name),
      ...(format === "png" && fallsShort[name] !== undefined && { fallsShort: fallsShort[name] }),
    }),
  );

export const files = [...listed("jpg", await brokenJpegs()), ...listed("png", await brokenPngs())];
