// A JPEG of a TIFF's strip or tile, put together from what the TIFF shares among them: tables, colours, profile.
import { expect, test } from "vitest";
import { sharedTables, wholeJpeg } from "../../../workers/formats/jpeg/abbreviated.ts";

const segment = (marker: number, ...body: readonly number[]) => [
  0xff,
  marker,
  (body.length + 2) >> 8,
  (body.length + 2) & 255,
  ...body,
];
const start = [0xff, 0xd8];
const end = [0xff, 0xd9];
const quantisation = segment(0xdb, 0, 1, 2, 3);
const codes = segment(0xc4, 7, 8, 9);
const frame = segment(0xc0, 8, 0x01, 0x02, 0x03, 0x04, 1, 1, 0x11, 0);
const scan = segment(0xda, 1, 1, 0, 0, 63, 0);
const comment = segment(0xfe, 1, 2);
const application = segment(0xe1, 5);
const bytes = (...parts: readonly (readonly number[])[]) => Uint8Array.from(parts.flat());
const alone = { tables: null, transform: null, profile: undefined };
const adobe = (transform: number) => segment(0xee, ...Buffer.from("Adobe"), 0, 100, 0, 0, 0, 0, transform);

test("the tables are what stands in their stream without its start, its end and its notes", () => {
  expect(sharedTables(bytes(start, quantisation, comment, codes, application, end))).toEqual(
    bytes(quantisation, codes),
  );
  expect(sharedTables(bytes(start, quantisation, end, codes))).toEqual(bytes(quantisation));
  expect(sharedTables(bytes(start, quantisation, scan, codes))).toEqual(bytes(quantisation));
});

test("fill between segments, and what has no length, is passed over", () => {
  const strewn = bytes(start, [0, 0xff], quantisation, [0xff, 0xd0], [0xff, 0xff], codes, [7], end);
  expect(sharedTables(strewn)).toEqual(bytes(quantisation, codes));
});

test("noise before a segment is no segment, whatever it looks like", () => {
  expect(sharedTables(bytes(start, [0], quantisation, end))).toEqual(bytes(quantisation));
  expect(sharedTables(bytes(start, [7, 0xc4, 0, 4, 1, 1], quantisation, end))).toEqual(bytes(quantisation));
  expect(sharedTables(bytes(start, [0xfe, 0xdb, 0, 2], codes, end))).toEqual(bytes(codes));
});

test("a segment that ends with the stream is whole, one that is a byte short is not", () => {
  const tables = bytes(start, quantisation, codes);
  expect(sharedTables(tables)).toEqual(bytes(quantisation, codes));
  expect(sharedTables(tables.subarray(0, -1))).toEqual(bytes(quantisation));
  expect(sharedTables(bytes(segment(0xdb)))).toEqual(bytes(segment(0xdb)));
  expect(sharedTables(bytes(segment(0xdb)).subarray(0, 3))).toEqual(bytes());
});

test("4,096 bytes of tables are shared, one more is too long", () => {
  const long = (length: number) => bytes(start, segment(0xdb, ...Array<number>(length - 4).fill(1)), end);
  expect(sharedTables(long(4_096))).toHaveLength(4_096);
  expect(() => sharedTables(long(4_097))).toThrow("the tables that its JPEGs share are too long");
});

test("a tile becomes a JPEG: start, colours, profile, tables, its own segments; its scan goes on where it was", () => {
  const head = bytes(start, application, frame, comment, scan, [1, 2, 3]);
  const tables = bytes(quantisation, codes);
  const profile = Uint8Array.of(1, 2, 3);
  const whole = wholeJpeg(head, { tables, transform: 1, profile });
  const icc = segment(0xe2, ...Buffer.from("ICC_PROFILE\0", "latin1"), 1, 1, ...profile);
  expect(whole).toEqual({
    width: 0x0304,
    height: 0x0102,
    front: bytes(start, adobe(1), icc, [...tables], frame),
    scanAt: 2 + application.length + frame.length + comment.length,
  });
});

test("inks say nothing of a transform, and without tables and profile a tile stands by itself", () => {
  const head = bytes(start, frame, scan);
  expect(wholeJpeg(head, alone).front).toEqual(bytes(start, frame));
  expect(wholeJpeg(head, { ...alone, transform: 0 }).front).toEqual(bytes(start, adobe(0), frame));
});

test("a tile without a frame header, or with one that is too short for a size, is refused", () => {
  const without = "a part of it has no frame header";
  expect(() => wholeJpeg(bytes(start, quantisation, scan), alone)).toThrow(without);
  const short = (length: number) => bytes(start, segment(0xc0, ...frame.slice(4, 4 + length)), scan);
  expect(() => wholeJpeg(short(4), alone)).toThrow(without);
  expect(wholeJpeg(short(5), alone)).toMatchObject({ width: 0x0304, height: 0x0102 });
});

test("a long profile is told in parts, numbered from 1, and one of more than 255 not at all", () => {
  const most = 65_533 - 14;
  const partsOf = (length: number) => {
    const profile = new Uint8Array(length).fill(9);
    const { front } = wholeJpeg(bytes(start, frame, scan), { ...alone, profile });
    const view = new DataView(front.buffer);
    const parts: number[][] = [];
    for (let at = 2; view.getUint8(at + 1) === 0xe2; at += 2 + view.getUint16(at + 2))
      parts.push([view.getUint16(at + 2), view.getUint8(at + 16), view.getUint8(at + 17)]);
    return parts;
  };
  expect(partsOf(most)).toEqual([[65_535, 1, 1]]);
  expect(partsOf(most + 1)).toEqual([
    [65_535, 1, 2],
    [17, 2, 2],
  ]);
  expect(partsOf(255 * most)).toHaveLength(255);
  expect(partsOf(255 * most + 1)).toHaveLength(0);
});
