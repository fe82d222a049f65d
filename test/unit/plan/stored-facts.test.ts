// What a row may say of its original: rows hold JSON of every age, and what makes no sense is refused before a plan is made of it.
import { expect, test } from "vitest";
import { originalFactsSchema } from "../../../workers/src/plan/stored-facts.ts";

const oldest = {
  ...{ format: "jpg", width: 3, height: 2, orientation: 1, animated: false, alpha: false },
  ...{ progressive: false, samplesPerPixel: 1.5, bitDepth: null, hasIcc: false },
};
const isRead = (changes: object) => originalFactsSchema.safeParse({ ...oldest, ...changes }).success;

test("a row from before frames were counted says that it does not know", () => {
  expect(originalFactsSchema.parse(oldest)).toEqual({ ...oldest, frames: null });
});

test("an orientation is one of eight", () => {
  expect(Array.from({ length: 11 }, (_, orientation) => isRead({ orientation }))).toEqual([
    ...[false, true, true, true, true, true, true, true, true, false, false],
  ]);
});

test.each([
  [{ width: 0 }, { width: 1 }],
  [{ height: 0 }, { height: 1 }],
  [{ width: 1.5 }, { width: 2 }],
  [{ frames: 0 }, { frames: 1 }],
  [{ samplesPerPixel: 0 }, { samplesPerPixel: 0.5 }],
  [{ pieces: -1 }, { pieces: 0 }],
  [{ pictureEnd: 0 }, { pictureEnd: 1 }],
  [{ damaged: false }, { damaged: true }],
  [{ endless: false }, { endless: true }],
  [{ separate: false }, { separate: true }],
  [{ apart: false }, { apart: true }],
  [{ crop: { x: -1, y: 0, width: 1, height: 1 } }, { crop: { x: 0, y: 0, width: 1, height: 1 } }],
  [{ crop: { x: 0, y: 0, width: 0, height: 1 } }, { crop: null }],
  [{ coded: { width: 1, height: 0, pixels: 1 } }, { coded: { width: 1, height: 1, pixels: 1 } }],
  [{ coded: { width: 1, height: 1, pixels: 0 } }, { coded: null }],
])("%j is no fact, %j is one", (wrong, right) => {
  expect([isRead(wrong), isRead(right)]).toEqual([false, true]);
});
