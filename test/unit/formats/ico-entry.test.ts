// Which picture of an ICO counts, and icons that lie.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { largestIcoEntry } from "../../../workers/formats/ico/entry.ts";

const icon = new Uint8Array(readFileSync("test/fixtures/icon.ico"));

test("an ICO's largest entry becomes an ICO of its own", () => {
  const entry = largestIcoEntry(icon);
  expect(entry).toMatchObject({ width: 48, height: 48 });
  expect(entry?.file.subarray(0, 8)).toEqual(Uint8Array.of(0, 0, 1, 0, 1, 0, 48, 48));
  expect(largestIcoEntry(entry?.file ?? icon.subarray(0, 0))?.file).toEqual(entry?.file);
});

test("an entry whose PNG is larger than it says is refused before it is decoded", () => {
  const lying = icon.slice();
  const pngAt = Buffer.from(lying).lastIndexOf("IHDR");
  new DataView(lying.buffer).setUint32(pngAt + 4, 60_000);
  expect(largestIcoEntry(lying)).toBeNull();
});

test.each([
  ["nothing", 0],
  ["a header alone", 6],
  ["half a directory", 30],
  ["pictures cut off", icon.length - 1],
])("an ICO with %s is refused", (_, length) => {
  expect(largestIcoEntry(icon.subarray(0, length))).toBeNull();
});
