// A picture of which its maker has cut something away: nothing of that is in any answer, whatever is asked.
import { describe, expect, test } from "vitest";
import { parseTransform } from "../../../schema/transform.ts";
import { defaultLimits, makePlan } from "../../../workers/src/plan/plan.ts";
import { planned } from "../../support/planned-original.ts";
import { planFor, renderPlanFor } from "./cases.ts";

const crop = { x: 100, y: 50, width: 400, height: 200 } as const;
const size = { width: 1000, height: 600 } as const;
const cropped = planned(size, { format: "avif", crop });
const turned = planned(size, { format: "avif", crop, orientation: 6 });

describe("a picture that its maker has cut", () => {
  test("is made anew for its plain URL, as its bytes still hold what was cut away", () => {
    const { variant } = renderPlanFor("", cropped);
    expect(variant).toMatchObject({ format: "avif", window: crop, canvas: { width: 400, height: 200 } });
  });

  test("is its plain self where all of it is shown", () => {
    expect(planFor("", planned(size, { format: "avif", crop: null })).kind).toBe("plain");
  });

  test.each([
    "",
    "w=200",
    "w=100&h=100&fit=cover",
    "w=100&h=100&fit=cover&gravity=left",
    "size=social",
    "blur=4",
  ])("shows nothing else with %j", (query) => {
    const { x, y, width, height } = renderPlanFor(query, cropped).variant.window;
    expect(x).toBeGreaterThanOrEqual(100);
    expect(y).toBeGreaterThanOrEqual(50);
    expect(x + width).toBeLessThanOrEqual(500);
    expect(y + height).toBeLessThanOrEqual(250);
  });

  test("is cut first and turned then", () => {
    // A quarter clockwise: what was at the bottom, 350 below the cut, is on the left.
    const window = { x: 350, y: 100, width: 200, height: 400 };
    expect(renderPlanFor("", turned).variant).toMatchObject({ window, canvas: { width: 200, height: 400 } });
    expect(renderPlanFor("w=50", turned).variant.canvas).toEqual({ width: 50, height: 100 });
  });

  test("is not served at all where it can't be rendered: the file holds what was cut away", () => {
    expect(planFor("", { ...cropped, transformable: false }).kind).toBe("refused");
    expect(planFor("", { ...planned(size, { format: "avif" }), transformable: false }).kind).toBe("plain");
  });

  test("is looked at without what was cut away", () => {
    const transform = parseTransform(new URLSearchParams("trim=10"));
    const seen = { trimmed: { x: 120, y: 60, width: 300, height: 100 } };
    const plan = makePlan({ transform, extension: "avif", accept: "" }, cropped, defaultLimits, seen);
    expect(plan).toMatchObject({ kind: "render", variant: { window: seen.trimmed } });
    expect(renderPlanFor("trim=10", cropped).look?.content).toEqual({ width: 400, height: 200 });
  });
});
