// What the docs say of costs is what the prices come to.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { costsPage, months, RUN_MS, totalUsd } from "../../../scripts/costs-page.ts";

test("docs/costs.md is as `npm run docs:costs` would write it now", () => {
  expect(readFileSync("docs/costs.md", "utf8")).toBe(costsPage());
});

test("a small month costs the plan and nothing else, and a larger one more", () => {
  const totals = months.map(totalUsd);
  expect(totals[0]).toBe(5);
  expect(totals).toEqual(totals.toSorted((a, b) => a - b));
});

test("one million views, by hand", () => {
  // 1.5 ms for the door; of 100 views 10 are plain (4 ms), 35 small (60), 25 medium (79), 15 large (93), 15 WebP (147).
  expect(RUN_MS).toBeCloseTo(1.5 + 0.4 + 21 + 19.75 + 13.95 + 22.05);
  const cpu = (500_000 * 78.65 - 30e6) * (0.02 / 1e6);
  const storage = (60 - 10) * 0.015;
  expect(totalUsd({ views: 1_000_000, photos: 20_000 })).toBeCloseTo(5 + cpu + storage, 6);
});

test("README.md says what the page comes to", () => {
  const readme = readFileSync("README.md", "utf8").replace(/\s+/g, " ");
  for (const month of months.filter(({ views }) => [10_000, 1_000_000, 10_000_000].includes(views))) {
    const row = `| ${month.views.toLocaleString("en-US")} | ${month.photos.toLocaleString("en-US")} | ${totalUsd(month).toFixed(2)} USD |`;
    expect(readme.includes(row), `README.md is to say: ${row}`).toBe(true);
  }
});
