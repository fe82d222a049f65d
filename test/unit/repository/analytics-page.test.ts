// docs/analytics.md is made of the columns that the Workers write, and so are the queries.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { queries } from "../../../cli/stats/queries.ts";
import { columnOf, pointBlobs, pointDoubles } from "../../../schema/points.ts";
import { analyticsPage } from "../../../scripts/analytics-page.ts";

test("docs/analytics.md is as `npm run docs:analytics` would write it now", () => {
  expect(readFileSync("docs/analytics.md", "utf8")).toBe(analyticsPage());
});

test("the columns are within what the platform takes, and stay where they are", () => {
  expect([pointBlobs.length <= 20, pointDoubles.length <= 20]).toEqual([true, true]);
  expect([...pointBlobs, ...pointDoubles].map(({ name }) => `${columnOf(name)} ${name}`)).toEqual([
    ...[
      "blob1 worker",
      "blob2 route",
      "blob3 code",
      "blob4 cache",
      "blob5 format",
      "blob6 source",
      "blob7 image",
    ],
    ...["double1 status", "double2 ms", "double3 bytes", "double4 received", "double5 cpu_ms"],
  ]);
});

test.each(Object.entries(queries))(
  "the query %s is bounded in time and in rows, and weighs its samples",
  (_, { sql }) => {
    const text = sql("edgepix", Date.UTC(2026, 10, 1));
    expect(text).toContain("timestamp >= toDateTime('2026-11-01 00:00:00')");
    expect(text).toMatch(/SUM\(_sample_interval\)/);
    if (text.includes("GROUP BY")) expect(text).toMatch(/LIMIT \d+$/);
    expect(text).not.toMatch(/double0|blob0|undefined/);
  },
);
