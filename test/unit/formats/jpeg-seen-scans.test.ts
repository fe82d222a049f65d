// A JPEG without its end is over once each of its components has had its scan: what a phone left behind that is no picture.
import { expect, test } from "vitest";
import { markers } from "../../../workers/formats/jpeg/markers.ts";
import { SeenScans } from "../../../workers/formats/jpeg/seen-scans.ts";

const baseline = 0xc0;
const progressive = 0xc2;
/** Of components 1, 2 … that are 8 by 8, or twice as wide. */
const frame = (components: number, width = 8) => [
  ...[8, 0, 8, 0, width, components],
  ...Array.from({ length: components }, (_, index) => [index + 1, 0x11, 0]).flat(),
];
/** The first with the tables for light, others with those for colour. */
const scan = (...ids: readonly number[]) => [
  ids.length,
  ...ids.flatMap((id) => [id, id === 1 ? 0 : 0x11]),
  0,
  63,
  0,
];
const trailer = [1, 2, 3, 4, 5, 6, 7, 8, 9];
/** Blocks of nothing in the standard's own codes: `00 1010` of light, `00 00` of colour. */
const light = [0b0010_1011];
const colour = [0b0000_1111];
const all = [0b0010_1000, 0b0000_0011];

/** How many bytes each scan takes of its data and what follows, and whether the picture is over then. */
function seen(
  segments: readonly (readonly [marker: number, body: readonly number[], data?: readonly number[]])[],
) {
  const scans = new SeenScans();
  const told: (readonly [taken: number, isComplete: boolean])[] = [];
  for (const [marker, body, data] of segments) {
    scans.segment(marker, Uint8Array.from(body));
    if (data) told.push([scans.take(Uint8Array.from([...data, ...trailer])), scans.isComplete]);
    else if (marker !== markers.startOfScan) expect(scans.isComplete).toBe(false);
  }
  return told;
}
const endless = (bytes: number) => bytes + trailer.length;

test("one scan of all components is the whole picture", () => {
  expect(
    seen([
      [baseline, frame(1)],
      [markers.startOfScan, scan(1), light],
    ]),
  ).toEqual([[1, true]]);
  expect(
    seen([
      [baseline, frame(3)],
      [markers.startOfScan, scan(1, 2, 3), all],
    ]),
  ).toEqual([[2, true]]);
});

test("of scans for each component the last one is its end, in whatever order they come", () => {
  const of = (...ids: readonly number[]) =>
    seen([
      [baseline, frame(3)],
      ...ids.map((id) => [markers.startOfScan, scan(id), id === 1 ? light : colour] as const),
    ]);
  expect(of(1, 2, 3)).toEqual([
    [1, false],
    [1, false],
    [1, true],
  ]);
  expect(of(3, 1, 2).at(-1)).toEqual([1, true]);
  expect(of(1, 1, 2, 2)).toEqual([
    [1, false],
    [1, false],
    [1, false],
    [1, false],
  ]);
});

test("a component may have any number, 0 too", () => {
  const two = [8, 0, 8, 0, 8, 2, 0, 0x11, 0, 1, 0x11, 0];
  expect(
    seen([
      [baseline, two],
      [markers.startOfScan, scan(1), light],
      [markers.startOfScan, scan(0), colour],
    ]),
  ).toEqual([
    [1, false],
    [1, true],
  ]);
});

test("a scan that is not over is no end", () => {
  const scans = new SeenScans();
  scans.segment(baseline, Uint8Array.from(frame(3)));
  scans.segment(markers.startOfScan, Uint8Array.from(scan(1, 2, 3)));
  expect([scans.take(Uint8Array.from(all.slice(0, 1))), scans.isComplete]).toEqual([1, false]);
  expect([scans.take(Uint8Array.from([...all.slice(1), ...trailer])), scans.isComplete]).toEqual([1, true]);
});

test("codes and intervals of the file's own count", () => {
  const shortest = (name: number) => [name, 1, ...Array<number>(15).fill(0), 0];
  expect(
    seen([
      [markers.huffmanTables, [...shortest(0), ...shortest(0x10)]],
      [baseline, frame(1)],
      [markers.startOfScan, scan(1), [0b0011_1111]],
    ]),
  ).toEqual([[1, true]]);
  const two = [[baseline, frame(1, 16)]] as const;
  const begin = [markers.startOfScan, scan(1)] as const;
  expect(seen([...two, [...begin, [0b0010_1000, 0b1010_1111]]])).toEqual([[2, true]]);
  const each = [markers.restartInterval, [0, 1]] as const;
  expect(seen([...two, each, [...begin, [...light, 0xff, 0xd0, ...light]]])).toEqual([[4, true]]);
  // Every 256 is none here.
  expect(seen([...two, [markers.restartInterval, [1, 0]], [...begin, [0b0010_1000, 0b1010_1111]]])).toEqual([
    [2, true],
  ]);
});

test("of a progressive picture, and of one without a header, nobody knows the end", () => {
  expect(
    seen([
      [progressive, frame(1)],
      [markers.startOfScan, scan(1), light],
    ]),
  ).toEqual([[endless(1), false]]);
  expect(seen([[markers.startOfScan, scan(1), light]])).toEqual([[endless(1), false]]);
  expect(
    seen([
      [baseline, frame(1)],
      [markers.startOfScan, scan(2), light],
    ]),
  ).toEqual([[endless(1), false]]);
});
