// All made files through the real product: none is ready with a URL that fails, or promises what its bytes don't have.
//
// `npm run docs:formats` writes what became of each into the golden file and docs/formats.md; here it may not change unseen.
import { writeFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { formatsPage } from "../../scripts/formats-page.ts";
import { startBrowser } from "../support/browser.ts";
import { loadMadeFiles } from "../support/made-files/index.ts";
import { type MadeRow, printRows, readRows, rowsFile } from "../support/made-files/rows.ts";
import { type Tried, tryFile } from "./made-files/try-file.ts";

const origin = inject("origin");
const key = inject("key");
const isWriting = process.env.VITE_WRITE_FORMATS === "1";

/** Chromium and libvips round a little otherwise on other machines. */
const MOST_ROUNDING = 2;

let browser: Browser;
let pages: readonly Page[];
beforeAll(async () => {
  browser = await startBrowser();
  pages = await Promise.all([browser.newPage(), browser.newPage(), browser.newPage()]);
});
afterAll(() => browser?.close());

test("Every made file keeps what its object promises, and becomes what docs/formats.md says", async () => {
  const made = await loadMadeFiles();
  const tried: Tried[] = [];
  let next = 0;
  const tryOthers = async (page: Page) => {
    for (let at = next++; at < made.length; at = next++) {
      const file = made[at];
      if (file) tried[at] = await tryFile(file, { origin, key }, page);
    }
  };
  await Promise.all(pages.map(tryOthers));
  const rows = tried.map(({ row }) => row);
  const findings = tried.flatMap(({ row: { format, feature }, findings }) =>
    findings.map((finding) => `${format}, ${feature}: ${finding}`),
  );
  if (isWriting) {
    writeFileSync(rowsFile, printRows(rows));
    writeFileSync("docs/formats.md", formatsPage(rows));
  }
  expect(findings).toEqual([]);
  expect(rows.map(rough), "if that is meant: npm run docs:formats").toEqual(readRows().map(rough));
  for (const [at, before] of readRows().entries()) {
    for (const eye of ["chromium", "libvips"] as const) {
      const apart = Math.abs((rows[at]?.[eye] ?? 0) - (before[eye] ?? 0));
      expect(apart, `${before.format}, ${before.feature}: ${eye}`).toBeLessThanOrEqual(MOST_ROUNDING);
    }
  }
}, 1_800_000);

/** All but the distances' digits. */
const rough = ({ chromium, libvips, ...row }: MadeRow) => ({
  ...row,
  chromium: chromium !== null,
  libvips: libvips !== null,
});
