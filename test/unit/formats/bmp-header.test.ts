// Which files are BMPs: those whose second header has a length that one of its editions had.
import { expect, test } from "vitest";
import { isBmp } from "../../../workers/formats/bmp/header.ts";

function beginning(headerBytes: number): Buffer {
  const file = Buffer.alloc(18);
  file.write("BM");
  file.writeUInt32LE(headerBytes, 14);
  return file;
}

test("a BMP is told by its header's length", () => {
  const lengths = Array.from({ length: 256 }, (_, length) => length).filter((length) =>
    isBmp(beginning(length)),
  );
  expect(lengths).toEqual([12, 16, 40, 52, 56, 64, 108, 124]);
});

test("a BMP of which the length is missing is none", () => {
  expect(isBmp(beginning(40).subarray(0, 17))).toBe(false);
});
