// Broken JPEGs and PNGs as people upload them: what a browser shows of them is shown, here and there alike.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { brokenFilesPage } from "../../support/broken-files-page.ts";
import { type BrokenRow, brokenRows } from "../../support/broken-rows.ts";

let rows: readonly BrokenRow[] = [];
beforeAll(async () => {
  rows = await brokenRows();
});

const named = (chosen: (row: BrokenRow) => boolean) =>
  rows.filter(chosen).map(({ kind, name }) => `${kind}: ${name}`);

test("docs/broken-files.md says what becomes of each (`npm run docs:broken-files` writes it)", () => {
  const page = readFileSync(join(import.meta.dirname, "../../../docs/broken-files.md"), "utf8");
  expect(rows.length).toBeGreaterThan(110);
  expect(brokenFilesPage(rows)).toBe(page);
});

describe("of the files of which browsers show something", () => {
  test("none is refused but those that Chromium does not show either", () => {
    expect(named(({ outcome }) => outcome === "refused")).toEqual([
      "JPEG: cut within its headers",
      "PNG: a wrong sum of IHDR",
      "PNG: cut behind its header",
      "PNG: cut within its header",
    ]);
    expect(named(({ outcome }) => outcome === "garbage")).toEqual([
      "JPEG: cut within its first row",
      "JPEG: cut within its first row, progressive",
      "JPEG: cut behind its last header",
      "PNG: a wrong sum of PLTE",
      "PNG: cut within its first row",
      "PNG: a wrong check of the stream's header",
      "PNG: an unknown critical chunk",
      "PNG: no palette",
    ]);
  });

  test("the plain answer looks as the render does, in Chromium", () => {
    // A lost interval's first MCU is what zeros decode to there, and gray here; CMYK is brought to sRGB by another profile.
    const far = (row: BrokenRow) => row.chromium !== null && row.chromium > 3;
    expect(named(far)).toEqual([
      "JPEG: no EOI, CMYK",
      "JPEG: cut at 0.5, CMYK",
      "JPEG: FF 3a in the last interval",
    ]);
  });

  test("nothing is said to be damaged of which only the end mark is missing, or which has too much", () => {
    const harmless = /^(no EOI|half an EOI|a phone's|another picture|words|an? empty|no IEND|half an IEND)/;
    expect(named(({ name, outcome }) => harmless.test(name) && outcome !== "whole")).toEqual([]);
  });

  test("of every one that is accepted Chromium shows the plain answer", () => {
    const isAccepted = ({ outcome }: BrokenRow) => outcome === "damaged" || outcome === "whole";
    expect(named((row) => isAccepted(row) && row.shown < 0.5)).toEqual([]);
    expect(named(isAccepted).length).toBeGreaterThan(100);
  });

  test("what stands behind the picture goes, in its data too", () => {
    expect(named(({ leaks }) => leaks)).toEqual([]);
  });

  test("data behind a PNG's last row are said to be too many", () => {
    const behind = /^(another IDAT|bytes behind|rows too many)/;
    const said = rows.filter(({ name }) => behind.test(name)).map(({ outcome }) => outcome);
    expect(said).toEqual(["damaged", "damaged", "damaged"]);
  });
});
