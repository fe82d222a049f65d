// Boxes on whole pixels: what was measured in a smaller picture has a pixel at least, and nothing is cut that nobody would see.
import { expect, test } from "vitest";
import { cutPaddingBytes } from "../../../workers/src/plan/traits.ts";
import { onWholePixels, roundedBox } from "../../../workers/src/plan/whole-pixels.ts";

test.each([
  [
    { x: 0.4, y: 0.5, width: 2.2, height: 2 },
    { x: 0, y: 1, width: 3, height: 2 },
  ],
  [
    { x: 3.2, y: 3.2, width: 0.2, height: 0.2 },
    { x: 3, y: 3, width: 1, height: 1 },
  ],
  [
    { x: 1.5, y: 7.49, width: 10, height: 20.02 },
    { x: 2, y: 7, width: 10, height: 21 },
  ],
])("%j is rounded to %j", (box, rounded) => expect(roundedBox(box)).toEqual(rounded));

const source = { x: 10, y: 20, width: 100, height: 80 };
test.each([
  ["less than a pixel at the same scale", [100, 80], { x: 10.4, y: 20.4, width: 99.1, height: 79.1 }, source],
  [
    "a whole pixel",
    [99, 79],
    { x: 10.5, y: 20.4, width: 99, height: 79 },
    { x: 11, y: 20, width: 99, height: 79 },
  ],
  [
    "half a pixel that becomes more than one",
    [300, 240],
    { x: 10.2, y: 20.2, width: 99.5, height: 79.5 },
    { x: 10.2, y: 20.2, width: 99.5, height: 79.5 },
  ],
  ["half a pixel that becomes less", [50, 40], { x: 10.2, y: 20.2, width: 99.5, height: 79.5 }, source],
  [
    "a pixel that becomes less",
    [50, 40],
    { x: 10.5, y: 20.5, width: 99, height: 79 },
    { x: 10.5, y: 20.5, width: 99, height: 79 },
  ],
] as const)("of a window, %s", (_, [width, height], window, settled) => {
  expect(onWholePixels(window, source, { width, height })).toEqual(settled);
});

test("the end of a cut WebP is given a quarter of a byte a pixel, and 4 KB", () => {
  expect(cutPaddingBytes({ width: 3, height: 3 })).toBe(4_099);
  expect(cutPaddingBytes({ width: 4, height: 2 })).toBe(4_098);
});
