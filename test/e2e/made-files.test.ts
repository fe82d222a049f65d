// All made files through the real product: none is ready with a URL that fails, or promises what its bytes don't have.
//
// `npm run docs:formats` also compares each with Chromium and libvips, and writes what became of it into the golden file and
// docs/formats.md; here what became of it may not change unseen.
import { writeFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { formatsPage } from "../../scripts/formats-page.ts";
import { startBrowser } from "../support/browser.ts";
import { loadMadeFiles } from "../support/made-files/index.ts";
import type { MadeFile } from "../support/made-files/made-file.ts";
import { type MadeRow, type Outcome, printRows, readRows, rowsFile } from "../support/made-files/rows.ts";
import { compare } from "./made-files/compare.ts";
import { tryFile } from "./made-files/try-file.ts";

const origin = inject("origin");
/** One alone would have to wait: so many files in a minute are above its rate. */
const keys = [inject("key"), ...inject("moreKeys")];
const isWriting = process.env.VITE_WRITE_FORMATS === "1";

let browser: Browser;
let pages: readonly Page[];
beforeAll(async () => {
  browser = await startBrowser();
  pages = await Promise.all(Array.from({ length: 6 }, () => browser.newPage()));
});
afterAll(() => browser?.close());

const nameOf = ({ format, feature }: { readonly format: string; readonly feature: string }) =>
  `${format}, ${feature}`;

test("Every made file keeps what its object promises, and becomes what docs/formats.md says", async () => {
  const made = (await loadMadeFiles()).filter((file) => isWriting || !file.isForThePageOnly);
  const outcomes: Record<string, Outcome> = {};
  const rows: MadeRow[] = [];
  const findings: string[] = [];

  async function take(file: MadeFile, at: number, page: Page): Promise<void> {
    const bytes = await file.make();
    const product = { origin, key: keys[at % keys.length] ?? inject("key") };
    const tried = await tryFile(file, bytes, product, page);
    outcomes[nameOf(file)] = tried.outcome;
    const isAsKnown = tried.findings.length > 0 === (file.fallsShort !== undefined);
    if (!isAsKnown)
      findings.push(`${nameOf(file)}: ${tried.findings.join("; ") || "it falls short of nothing now"}`);
    if (isWriting) rows[at] = await compare(file, bytes, tried, page);
  }
  let next = 0;
  const takeOthers = async (page: Page) => {
    for (let at = next++; at < made.length; at = next++) {
      const file = made[at];
      if (file) await take(file, at, page);
    }
  };
  await Promise.all(pages.map(takeOthers));

  if (isWriting) {
    writeFileSync(rowsFile, printRows(rows));
    writeFileSync("docs/formats.md", formatsPage(rows));
  }
  expect(findings).toEqual([]);
  expect(Object.keys(outcomes).length, "two of a format have one name").toBe(made.length);
  const known = new Map(
    readRows().map(({ accepted, plain, rendered, ...row }) => [nameOf(row), { accepted, plain, rendered }]),
  );
  const before = Object.fromEntries(made.map((file) => [nameOf(file), known.get(nameOf(file))]));
  expect(outcomes, "if that is meant: npm run docs:formats").toEqual(before);
}, 1_800_000);
