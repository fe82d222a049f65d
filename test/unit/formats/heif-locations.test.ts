// Where the items of a HEIC or AVIF lie: files that announce more of them, or more pieces, than any picture has are refused before
// a list of them is made, and those of a large picture are read.
import { expect, test } from "vitest";
import { readLocations } from "../../../workers/formats/heif/boxes.ts";

const big16 = (value: number) => [value >> 8, value & 255];
const big32 = (value: number) => [...big16(value >>> 16), ...big16(value & 0xffff)];

/** An `iloc` box of version 1 whose offsets and lengths have four bytes: so many items, each of so many extents. */
function locationsOf(items: number, extents: number) {
  const item = (id: number) => [
    ...big16(id),
    ...big16(0),
    ...big16(0),
    ...big16(extents),
    ...Array.from({ length: extents }, () => [...big32(8), ...big32(1)]).flat(),
  ];
  const all = Array.from({ length: items }, (_, at) => item(at + 1)).flat();
  const bytes = Uint8Array.from([...[1, 0, 0, 0], ...big16(0x4400), ...big16(items), ...all]);
  return readLocations(bytes, { type: "iloc", start: 0, end: bytes.length });
}

test("the tiles of a large picture are found, each where it lies", () => {
  const locations = locationsOf(20_000, 1);
  expect(locations).toHaveLength(20_000);
  expect(locations.at(-1)).toMatchObject({ id: 20_000, extents: [{ offset: 8, length: 1 }] });
});

test("a picture in 4,097 pieces is read", () => {
  expect(locationsOf(1, 4_097)[0]?.extents).toHaveLength(4_097);
  expect(locationsOf(2, 2_049).map(({ extents }) => extents.length)).toEqual([2_049, 2_049]);
});

test("more items than any picture has are refused", () => {
  expect(() => locationsOf(20_001, 1)).toThrow("more items than any picture");
});

test("more pieces than any picture has are refused, in one item or in all together", () => {
  expect(() => locationsOf(1, 4_098)).toThrow("more pieces than any picture's");
  expect(() => locationsOf(3, 2_000)).toThrow("more pieces than any picture's");
});
