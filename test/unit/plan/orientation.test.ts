import { describe, expect, test } from "vitest";
import type { Orientation } from "../../../schema/facts.ts";
import {
  storedBox,
  thenTurn,
  turnedBox,
  turnedSize,
  wholeTurn,
} from "../../../workers/src/geometry/orientation.ts";
import type { Pixels } from "../../../workers/src/geometry/pixels.ts";
import { turnPixels } from "../../support/turned-pixels.ts";

const all: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8];

/** Six pixels that all differ: 3 wide, 2 high. */
const sample: Pixels = {
  width: 3,
  height: 2,
  data: Uint8ClampedArray.from([1, 2, 3, 4, 5, 6].flatMap((value) => [value, 0, 0, 255])),
};
const reds = ({ data }: Pixels) => [...data].filter((_, index) => index % 4 === 0).join("");

describe("orientations", () => {
  // The picture 123 / 456, as EXIF says that each must be shown.
  test.each([
    [1, "123456"],
    [2, "321654"],
    [3, "654321"],
    [4, "456123"],
    [5, "142536"],
    [6, "415263"],
    [7, "635241"],
    [8, "362514"],
  ] as const)("%i shows the stored picture upright", (turn, expected) => {
    expect(reds(turnPixels(sample, turn))).toBe(expected);
  });

  test("one after another are one of the eight", () => {
    for (const first of all) {
      for (const second of all) {
        const twice = turnPixels(turnPixels(sample, first), second);
        expect(turnPixels(sample, thenTurn(first, second))).toEqual(twice);
      }
    }
  });

  test("flip comes before rotate", () => {
    expect(reds(turnPixels(sample, wholeTurn(1, "h", 90)))).toBe(reds(turnPixels(turnPixels(sample, 2), 6)));
  });

  test("find a box of the stored picture where it is shown", () => {
    const box = { x: 1, y: 0, width: 2, height: 1 };
    for (const turn of all) expect(storedBox(turnedBox(box, sample, turn), sample, turn)).toEqual(box);
  });

  test("find a box of the turned picture where it is stored", () => {
    for (const turn of all) {
      const turned = turnPixels(sample, turn);
      const { width, height } = turnedSize(sample, turn);
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const box = storedBox({ x, y, width: 1, height: 1 }, sample, turn);
          expect(sample.data[(box.y * 3 + box.x) * 4]).toBe(turned.data[(y * width + x) * 4]);
        }
      }
    }
  });
});
