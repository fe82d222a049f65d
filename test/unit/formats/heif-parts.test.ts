// How many pictures a HEIF may be made of, and how often each of them is made.
import { describe, expect, test } from "vitest";
import { Damage } from "../../../workers/formats/damage.ts";
import { headAt } from "../../../workers/formats/heif/boxes.ts";
import { metaOf } from "../../../workers/formats/heif/coded.ts";
import { pictureItems } from "../../../workers/formats/heif/pictures.ts";
import { av1Payload } from "../../support/make-fixtures/coded-pictures.ts";
import { buildHeif, gridPayload, imageSize } from "../../support/make-fixtures/heif-file.ts";

/** Grids in front, tiles behind; `parts` are the numbers of each grid's parts. */
function partsOf(items: number, parts: readonly (readonly number[])[]) {
  const file = buildHeif({
    brand: "avif",
    properties: [imageSize(64, 64)],
    items: Array.from({ length: items }, (_, at) =>
      at < parts.length
        ? { type: "grid" as const, payload: gridPayload(1, 1, 64, 64), properties: [1] }
        : { type: "av01" as const, payload: av1Payload(64, 64), properties: [1] },
    ),
    references: parts.map((to, from) => ({ type: "dimg", from: from + 1, to })),
  });
  return pictureItems(metaOf(file));
}

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);

describe("a HEIF", () => {
  test("is made of 4,096 pictures at most", () => {
    expect(partsOf(4_096, [numbers(2, 4_096)])).toHaveLength(4_096);
    expect(() => partsOf(4_097, [numbers(2, 4_097)])).toThrow("it is made of too many pictures");
  });

  test("whose pictures are made again and again makes 4,096 at most, too", () => {
    // The whole, 64 grids of its, and as many times 62 tiles; with 63 it is 4,097.
    const grids = numbers(2, 65);
    const made = (tiles: number) => partsOf(65 + tiles, [grids, ...grids.map(() => numbers(66, 65 + tiles))]);
    expect(made(62).reduce((sum, { times }) => sum + times, 0)).toBe(1 + 64 + 64 * 62);
    expect(() => made(63)).toThrow("it is made of too many pictures");
  });

  test("makes a tile once for each place where it is shown, whatever the order of its parts", () => {
    const times = partsOf(5, [[2, 3, 4], [3, 5], [4, 5], [5]]).map(({ id, times: count }) => [id, count]);
    expect(Object.fromEntries(times)).toEqual({ 1: 1, 2: 1, 3: 2, 4: 3, 5: 6 });
  });

  test("of which a picture is a part of itself is refused", () => {
    expect(() => partsOf(3, [[2], [1]])).toThrow(Damage);
  });
});

test.each([0, 7])("a box of which there are only %d bytes has no head", (length) => {
  expect(headAt(Buffer.alloc(length))).toBeNull();
});

test("a box whose length takes 16 bytes and has 15 has no head", () => {
  const head = Buffer.from("\0\0\0\x01mdat\0\0\0\0\0\0\0\x20", "latin1");
  expect(headAt(head)).toEqual({ type: "mdat", headBytes: 16, length: 32 });
  expect(headAt(head.subarray(0, 15))).toBeNull();
});

test("a HEIF with two boxes of which there is to be one is refused: readers differ in which they believe", () => {
  const file = buildHeif({
    brand: "avif",
    properties: [imageSize(64, 64)],
    items: [{ type: "av01", payload: av1Payload(64, 64), properties: [1] }],
  });
  const meta = Buffer.from(metaOf(file));
  expect(pictureItems(meta)).toHaveLength(1);
  const once = (type: string) => {
    const start = meta.indexOf(type, 0, "latin1") - 4;
    return meta.subarray(start, start + meta.readUInt32BE(start));
  };
  for (const type of ["pitm", "iinf", "iloc", "iprp"])
    expect(() => pictureItems(Buffer.concat([meta, once(type)])), type).toThrow(`it has two ${type} boxes`);
  const properties = Buffer.concat([once("iprp"), once("ipco")]);
  properties.writeUInt32BE(properties.length, 0);
  const at = meta.indexOf("iprp", 0, "latin1") - 4;
  const twice = Buffer.concat([meta.subarray(0, at), properties, meta.subarray(at + once("iprp").length)]);
  expect(() => pictureItems(twice)).toThrow("it has two ipco boxes");
});
