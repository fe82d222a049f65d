// The tests of files that differ from a sound one in a byte.
import { expect, test } from "vitest";
import { type SourceFormat, sourceFormats } from "../../schema/facts.ts";
import pinned from "../golden/formats-neighbours.json" with { type: "json" };
import { neighboursIn } from "./neighbour-figures.ts";

export function neighboursAsPinned(isHere: (format: SourceFormat, at: number) => boolean): void {
  test.each(sourceFormats.filter(isHere))(
    "a %s with a byte that is one more or one less, or that ends early, is told and stripped as before",
    { timeout: 240_000 },
    async (format) => {
      expect(
        await neighboursIn(format),
        "If a walker was changed on purpose, run `npm run pin-formats` and look at what it changes in test/golden/formats-neighbours.json",
      ).toEqual(pinned[format]);
    },
  );
}
