// Whoever gets a bundle gets the licences of all that is in it.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { licencesPage } from "../../../scripts/licences.ts";

const page = readFileSync("docs/licences.md", "utf8");

test("docs/licences.md is as `npm run docs:licences` would write it", async () => {
  expect(page).toBe(await licencesPage());
});

test("libheif's LGPL stands there with its text, the GPL's, and where its source is", () => {
  expect(page).toMatch(/\| libheif-js \| [\d.]+ \| LGPL-3\.0 \| libheif and libde265/);
  expect(readFileSync("docs/licences/LGPL-3.0.txt", "utf8")).toContain("GNU LESSER GENERAL PUBLIC LICENSE");
  expect(readFileSync("docs/licences/GPL-3.0.txt", "utf8")).toContain("GNU GENERAL PUBLIC LICENSE");
  expect(readFileSync("NOTICE", "utf8")).toContain("docs/licences.md");
});
