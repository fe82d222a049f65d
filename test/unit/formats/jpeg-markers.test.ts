// What each of the 256 bytes behind an FF means in a JPEG (T.81, table B.1): by list, so that no range moves by one.
import { expect, test } from "vitest";
import {
  hasLength,
  isFrameHeader,
  isKnownBetweenScans,
  isMarker,
  isMetadata,
  markers,
} from "../../../workers/formats/jpeg/markers.ts";

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const all = range(0, 255);

test("a segment has a length but for those that stand alone: restarts, the image's start and end, and what is reserved", () => {
  expect(all.filter(hasLength)).toEqual([...range(0xc0, 0xcf), ...range(0xda, 0xff)]);
});

test("a frame header is any of SOF0 to SOF15, among which are three that are none", () => {
  expect(all.filter(isFrameHeader)).toEqual([
    ...range(0xc0, 0xc3),
    ...range(0xc5, 0xc7),
    ...range(0xc9, 0xcb),
    ...range(0xcd, 0xcf),
  ]);
});

test("in scan data neither a stuffed zero nor fill nor a restart is a marker", () => {
  expect(all.filter(isMarker)).toEqual([...range(1, 0xcf), ...range(0xd8, 0xfe)]);
});

test("between scans only tables, scans, lines, restarts' interval and what applications write are believed", () => {
  expect(all.filter(isKnownBetweenScans)).toEqual([0xc4, ...range(0xda, 0xdd), ...range(0xe0, 0xff)]);
});

test("metadata are application segments and comments", () => {
  expect(all.filter(isMetadata)).toEqual(range(0xe0, 0xff));
  expect(markers).toEqual({
    startOfImage: 0xd8,
    endOfImage: 0xd9,
    startOfScan: 0xda,
    huffmanTables: 0xc4,
    restartInterval: 0xdd,
    jfif: 0xe0,
    exif: 0xe1,
    icc: 0xe2,
    photoshop: 0xed,
    adobe: 0xee,
    comment: 0xfe,
  });
});
