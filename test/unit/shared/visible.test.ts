// A name that shows nothing is none.
import { expect, test } from "vitest";
import { isVisible } from "../../../workers/shared/visible.ts";

test.each(["Ann", "安", "أنا", "7", "☕", "👩‍👩‍👧", "a\u200b", " - ", "é", "\u0301e"])(
  "%j can be seen",
  (name) => {
    expect(isVisible(name)).toBe(true);
  },
);

test.each([
  ["nothing", ""],
  ["blanks", " \t\n\u00a0\u3000"],
  ["a zero-width space", "\u200b"],
  ["a joiner of nothing", "\u200d\ufe0f"],
  ["direction marks alone", "\u202e\u2066\u2069"],
  ["controls", "\u0000\u001f\u007f"],
  ["a Hangul filler", "\u3164\u115f\uffa0"],
  ["the blank of Braille", "\u2800"],
  ["tags", "\u{e0041}\u{e007f}"],
  ["half a character", "\ud800"],
])("%s can't", (_, name) => {
  expect(isVisible(name)).toBe(false);
});
