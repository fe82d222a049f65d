// Every structure that docs/formats.md tells of: what is said of a file, and what is left of it, changes on purpose or not at all.
import { expect, test } from "vitest";
import pinned from "../../golden/formats-made.json" with { type: "json" };
import { madeFigures } from "../../support/made-figures.ts";

test("every made file is told, stripped and handed to its decoder as before", {
  timeout: 60_000,
}, async () => {
  expect(
    await madeFigures(),
    "If a walker was changed on purpose, run `npm run pin-formats` and look at what it changes in test/golden/formats-made.json",
  ).toEqual(pinned);
});
