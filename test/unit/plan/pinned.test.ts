// Plans hold jobs to their memory and their time. Their formulas were fitted to measurements, so nothing but a new measurement may move them.
import { describe, expect, test } from "vitest";
import pinned from "../../golden/plans.json" with { type: "json" };
import { planFigures } from "../../support/plan-figures/index.ts";

const figures = planFigures();

describe("what the plan foresees is what was fitted", () => {
  const why =
    "If a formula was refitted on purpose, run `npm run pin-plans` and look at what it changes in test/golden/plans.json";

  test("in bytes and milliseconds", () => {
    expect(figures.sums, why).toEqual(pinned.sums);
  });

  test("and in whole plans", () => {
    expect(figures.plans, why).toEqual(pinned.plans);
  });
});
