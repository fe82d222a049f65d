// The browser's own decoder of placeholders draws what the library that makes them would.
import { rgbaToThumbHash, thumbHashToRGBA } from "thumbhash";
import { expect, test } from "vitest";
import { decodeThumbHash } from "../../../workers/api/pages/client/thumbhash.js";

test.each([
  ["wide", 60, 20, false],
  ["high", 20, 60, false],
  ["square and see-through", 32, 32, true],
  ["wide and see-through", 64, 16, true],
])("a picture that is %s", (_, width, height, isSeeThrough) => {
  const pixels = Uint8Array.from({ length: width * height * 4 }, (_none, at) => {
    const [x, y] = [(at >> 2) % width, Math.floor((at >> 2) / width)];
    return (
      [(x * 255) / width, (y * 255) / height, 200 - x, isSeeThrough ? (x * 255) / width : 255][at & 3] ?? 0
    );
  });
  const hash = rgbaToThumbHash(width, height, pixels);
  const [theirs, ours] = [thumbHashToRGBA(hash), decodeThumbHash(hash)];
  expect([ours.width, ours.height]).toEqual([theirs.w, theirs.h]);
  expect(Math.max(...ours.pixels.map((value, at) => Math.abs(value - (theirs.rgba[at] ?? 0))))).toBeLessThan(
    2,
  );
});
