// Which originals nobody need look at: drawings, and pictures of more pixels than are ever decoded.
import { expect, test } from "vitest";
import { MAX_ORIGINAL_PIXELS } from "../../../schema/transform.ts";
import { untransformable } from "../../../workers/api/images/looked-row.ts";

const facts = (width: number, height: number, format: "jpg" | "svg" = "jpg") => ({
  ...{ format, width, height },
  ...{ displayedWidth: width, displayedHeight: height },
});

test("a picture of as many pixels as may be is looked at, one of more is not", () => {
  const width = 20_000;
  const height = MAX_ORIGINAL_PIXELS / width;
  expect(untransformable(facts(width, height))).toBeUndefined();
  expect(untransformable(facts(width, height + 1))).toContain("pixels");
  expect(untransformable(facts(10, 10, "svg"))).toEqual(expect.any(String));
});
