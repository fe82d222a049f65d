// Little-endian numbers at a file's end: what is not there counts as 0.
import { expect, test } from "vitest";
import { long, triple, word } from "../../../workers/formats/bytes/numbers.ts";

test("numbers are read from what there is", () => {
  const bytes = Uint8Array.of(1, 2, 3, 0xff);
  expect([0, 3, 4].map((at) => word(bytes, at))).toEqual([0x0201, 0xff, 0]);
  expect([0, 2, 3, 4].map((at) => triple(bytes, at))).toEqual([0x030201, 0xff03, 0xff, 0]);
  expect([0, 1, 2, 3, 4].map((at) => long(bytes, at))).toEqual([0xff030201, 0xff0302, 0xff03, 0xff, 0]);
});
