// Which formats a request says that it can show, by types and weights.
import { expect, test } from "vitest";
import { photoFormat, shortAccept, wantedBy } from "../../../workers/src/plan/accept.ts";

test.each([
  ["image/webp", 1],
  ["IMAGE/WebP ; Q = 0.5", 0.5],
  ["text/html, image/webp;level=1;q=.25,*/*", 0.25],
  ["image/webp;q=0", 0],
  ["image/webp;q=7", 1],
  ["image/webp;q=-1", 0],
  ["image/webp;q=", 1],
  ["image/webp;q=much", 1],
  ["image/webp;quality=0", 1],
  ["image/webp;q=0.2,image/webp;q=0.4", 0.4],
  ["image/*,*/*", 0],
  ["ximage/webp", 0],
  ["", 0],
])("%j wants WebP by %d", (accept, weight) => {
  expect(wantedBy(accept, "webp")).toBe(weight);
});

test("in short it says the same of our formats, and nothing of others", () => {
  const long = "text/html,image/avif;q=7,image/webp;q=x,image/apng,image/png;q=0,image/gif;q=0.5";
  expect(shortAccept(long)).toBe("image/webp;q=1, image/avif;q=1, image/gif;q=0.5");
  expect(shortAccept("*/*")).toBe("");
});

test("a photograph is AVIF where that is wanted as much as WebP, else WebP, else neither", () => {
  const both = "image/avif,image/webp";
  expect(photoFormat(both, false, false)).toBe("avif");
  expect(photoFormat("image/avif;q=0.9,image/webp", false, false)).toBe("webp");
  expect(photoFormat("image/avif;q=0.1", false, false)).toBe("avif");
  expect([photoFormat(both, true, false), photoFormat(both, false, true)]).toEqual(["webp", "webp"]);
  expect([photoFormat("image/avif", true, false), photoFormat("image/*", false, false)]).toEqual([
    undefined,
    undefined,
  ]);
});
