// The walkers read strangers' files and take out what their owners don't know of: no step of theirs may change without being seen.
import { expect, test } from "vitest";
import pinned from "../../golden/formats.json" with { type: "json" };
import { formatFigures } from "../../support/format-figures.ts";

const figures = await formatFigures();
const why =
  "If a walker was changed on purpose, run `npm run pin-formats` and look at what it changes in test/golden/formats.json";

test("every fixture is told and stripped as before", () => {
  expect(figures.whole, why).toEqual(pinned.whole);
});

test("so are damaged copies: what is refused, and what is left of the rest", () => {
  expect(figures.damaged, why).toEqual(pinned.damaged);
});

test("the tags of EXIF that may stay are these and no others", () => {
  expect(figures.tags, why).toEqual(pinned.tags);
});
