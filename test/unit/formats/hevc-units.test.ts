// The units of a HEVC picture, before it and in it: what counts as a picture, and what its decoder is told.
import { describe, expect, test } from "vitest";
import { readAll } from "../../../workers/formats/bytes/byte-reader.ts";
import { readHevcPicture } from "../../../workers/formats/hevc/picture.ts";
import { hevcSequence } from "../../support/make-fixtures/coded-pictures.ts";

/** An hvcC: lengths of so many bytes, and arrays of units. */
function configuration(lengthBytes: number, ...arrays: readonly (readonly Uint8Array[])[]): Uint8Array {
  const head = Buffer.alloc(23);
  head.set([0xfc | (lengthBytes - 1), arrays.length], 21);
  const listed = arrays.map((units) =>
    Buffer.concat([
      Buffer.from([0x80 | 33, units.length >> 8, units.length & 255]),
      ...units.flatMap((unit) => [Buffer.from([unit.length >> 8, unit.length & 255]), unit]),
    ]),
  );
  return Buffer.concat([head, ...listed]);
}
const sequence = hevcSequence(40, 30);
const configured = configuration(4, [sequence]);
const slice = (type: number, third = 0x80) => Buffer.from([type << 1, 1, third, 0]);
const sized = (unit: Uint8Array, lengthBytes = 4) =>
  Buffer.concat([Buffer.alloc(lengthBytes - 2), Buffer.from([unit.length >> 8, unit.length & 255]), unit]);
const read = (config: Uint8Array, ...units: readonly Uint8Array[]) => {
  const bytes = Buffer.concat(units);
  return readAll(bytes, (reader) => readHevcPicture(reader, bytes.length, config));
};

test.each([
  ["none counts as one", [], 1],
  ["a slice that begins a picture", [slice(19)], 1],
  ["two of them", [slice(0), slice(31)], 2],
  ["a slice that goes on", [slice(19), slice(19, 0x7f)], 1],
  ["units of settings", [slice(32), slice(34), slice(39)], 1],
  ["what is too short to be a slice", [Buffer.from([19 << 1, 1]), Buffer.from([19 << 1, 1])], 1],
  ["the shortest slices", Array(3).fill(Buffer.from([19 << 1, 1, 0x80])), 3],
  ["as many as a still may", Array(4).fill(slice(19)), 4],
])("of pictures, %s", (_, units, pictures) => {
  expect(read(configured, ...units.map((unit) => sized(unit)))).toEqual({
    ...{ width: 40, height: 30, bitDepth: 8, samplesPerPixel: 1.5, pictures },
  });
});

test("more than four are no still", () => {
  expect(() => read(configured, ...Array(5).fill(sized(slice(19))))).toThrow("more pictures than a still");
});

test("of several parameter sets, in front and within, the largest of each counts", () => {
  const told = read(
    configuration(4, [sequence, hevcSequence(20, 50)], [hevcSequence(8, 8, { chroma: 3 })]),
    sized(hevcSequence(90, 8, { bitDepth: 10 })),
  );
  expect(told).toMatchObject({ width: 90, height: 50, bitDepth: 10, samplesPerPixel: 3 });
});

test.each([2, 4])("lengths have %i bytes, as the configuration says", (lengthBytes) => {
  const units = [sized(hevcSequence(90, 80), lengthBytes), sized(slice(19), lengthBytes)];
  expect(read(configuration(lengthBytes), ...units)).toMatchObject({ width: 90, height: 80, pictures: 1 });
});

test("bytes behind the last unit that are too few for a length say nothing", () => {
  for (const left of [1, 2, 3])
    expect(read(configured, sized(slice(19)), Buffer.alloc(left, 9))).toMatchObject({ pictures: 1 });
});

describe("it is damage", () => {
  test("where a unit reaches past the end by a byte", () => {
    const unit = sized(slice(19));
    expect(() => read(configured, unit.subarray(0, -1))).toThrow("reaches past the end");
  });

  test("where nothing tells a size", () => {
    expect(() => read(configuration(4), sized(slice(19)))).toThrow("no sequence parameters");
    expect(() => read(configuration(4, [slice(34)]))).toThrow("no sequence parameters");
    expect(() => read(configuration(4), sized(Buffer.from([33 << 1, 1])))).toThrow("no sequence parameters");
  });

  test("where the configuration is cut off anywhere", () => {
    const whole = configuration(4, [sequence], [sequence]);
    expect(read(whole)).toMatchObject({ width: 40 });
    for (let length = 0; length < whole.length; length++)
      expect(() => read(whole.subarray(0, length)), `${length} bytes`).toThrow("its hvcC is cut off");
  });

  test("where it is cut into more than 8,192 units", () => {
    const padding = (count: number) => Array<Buffer>(count).fill(sized(slice(40)));
    expect(read(configured, ...padding(8_192))).toMatchObject({ width: 40 });
    expect(() => read(configured, ...padding(8_193))).toThrow("cut into too many pieces");
  });
});
