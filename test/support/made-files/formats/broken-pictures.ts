// JPEGs and PNGs as they lie about in the world: cut, without their end or tables, with bits lost and bytes too many.
import { type BrokenFile, brokenJpegs } from "../../make-fixtures/broken-jpegs.ts";
import { brokenPngs } from "../../make-fixtures/broken-pngs.ts";
import type { MadeFile } from "../made-file.ts";
import type { Accepted } from "../rows.ts";

/** By name: what can't be accepted, and what is accepted with a note. */
const refused = /^cut within its|^cut behind its|sum of (IHDR|PLTE)|^a wrong check of|^no palette/;
const damaged =
  /^cut at|^FF |^a table's|^EOI in the middle|^a restart (?!far)|^an interval|^zeros in|later on|sum of (the first|a later) IDAT|^a wrong byte|^rows too few|^half a row|^a filter|^damage in|cut in its frame|^another IDAT|^bytes behind|^rows too many/;

function expectedOf(name: string): Accepted {
  if (refused.test(name)) return "no";
  if (name === "an unknown critical chunk") return "plain only";
  return damaged.test(name) ? "damaged" : "yes";
}

const listed = (format: "jpg" | "png", broken: readonly BrokenFile[]) =>
  broken.map(
    ({ name, file }): MadeFile => ({
      format,
      feature: `by hand: ${name}`,
      make: () => file,
      expected: expectedOf(name),
    }),
  );

export const files = [...listed("jpg", await brokenJpegs()), ...listed("png", await brokenPngs())];
