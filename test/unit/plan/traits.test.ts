// What each format can do, as callers see it: which answers are made of one that moves, are clear, or come row by row.
import { expect, test } from "vitest";
import { outputFormats, sourceFormats } from "../../../schema/facts.ts";
import { lookFor } from "../../../workers/src/plan/job.ts";
import { givesRows, isReadable, readers, takesRows, writers } from "../../../workers/src/plan/traits.ts";
import { planned } from "../../support/planned-original.ts";

test("GIF and WebP are read as they move; of an AVIF or HEIC that moves a still is made", () => {
  const moving = sourceFormats.filter((format) => readers[format]?.readsAnimation);
  expect(moving).toEqual(["gif", "webp"]);
  expect(sourceFormats.filter((format) => !isReadable(format))).toEqual(["svg"]);
  expect(sourceFormats.filter((format) => isReadable(format) && givesRows(format))).toEqual([
    ...["jpg", "png", "tiff"],
  ]);
});

test("of what is written JPEG alone is never clear, and GIF and WebP move", () => {
  const able = (can: "takesRows" | "writesAlpha" | "writesAnimation" | "streamsFrames") =>
    outputFormats.filter((format) => writers[format][can]);
  expect(able("writesAlpha")).toEqual(outputFormats.filter((format) => format !== "jpg"));
  expect(able("writesAnimation").toSorted()).toEqual(["gif", "webp"]);
  expect(able("streamsFrames")).toEqual(["gif"]);
  expect(able("takesRows").toSorted()).toEqual(["jpg", "png"]);
  expect(outputFormats.filter(takesRows)).toEqual(able("takesRows"));
});

test("a look that must be as small as can be is of one pixel", () => {
  const { facts, bytes } = planned({ width: 900, height: 900 }, {});
  const source = { format: "jpg", facts, bytes } as const;
  const whole = { x: 0, y: 0, width: 900, height: 900 };
  expect(lookFor(source, 1, whole, null, true, 0.001).content).toEqual({ width: 1, height: 1 });
  expect(lookFor(source, 1, whole, null, true, 0.0117).content).toEqual({ width: 1, height: 1 });
  expect(lookFor(source, 1, whole, null, true).content).toEqual({ width: 128, height: 128 });
  expect(lookFor(source, 1, whole, 10, false).content).toEqual({ width: 900, height: 900 });
});
