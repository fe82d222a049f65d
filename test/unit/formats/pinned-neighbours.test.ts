// A bound that moves by one, or a field that is read from the byte beside it: seen in files that differ from a sound one by so little.
import { expect, test } from "vitest";
import { sourceFormats } from "../../../schema/facts.ts";
import pinned from "../../golden/formats-neighbours.json" with { type: "json" };
import { neighboursIn } from "../../support/neighbour-figures.ts";

test.each(sourceFormats)(
  "a %s with a byte that is one more or one less, or that ends early, is told and stripped as before",
  { timeout: 240_000 },
  async (format) => {
    expect(
      await neighboursIn(format),
      "If a walker was changed on purpose, run `npm run pin-formats` and look at what it changes in test/golden/formats-neighbours.json",
    ).toEqual(pinned[format]);
  },
);
