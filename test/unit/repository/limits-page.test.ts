// The page of limits says what the constants say.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ATTACK_TITLE, limitsPage } from "../../../scripts/limits-page.ts";

test("docs/limits.md is as `npm run docs:limits` would write it now", () => {
  const [written] = readFileSync("docs/limits.md", "utf8").split(`\n\n${ATTACK_TITLE}`);
  expect(written).toBe(limitsPage());
});
