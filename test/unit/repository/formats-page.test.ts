// The page of formats says what the last trial of all made files found.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { formatsPage } from "../../../scripts/formats-page.ts";
import { readRows } from "../../support/made-files/rows.ts";

test("docs/formats.md is as `npm run docs:formats` would write it of the last trial", () => {
  expect(readFileSync("docs/formats.md", "utf8")).toBe(formatsPage(readRows()));
});
