// A moving AVIF shows one track, with its transparency: what else was filmed or recorded beside it reaches nobody.
import { describe, expect, test } from "vitest";
import { box, buildHeif, fullBox, imageSize, uint16, uint32 } from "../../support/make-fixtures/heif-file.ts";
import { readFrom, strip } from "../../support/strip.ts";

const chunk = (text: string) => Buffer.from(`${text}${"-".repeat(40 - text.length)}`);
const samples = {
  shown: chunk("shown one"),
  more: chunk("shown two"),
  clear: chunk("its transparency"),
  sound: chunk("secret sound"),
  second: chunk("secret camera"),
};
const order = [samples.sound, samples.shown, samples.second, samples.more, samples.clear];

interface Table {
  readonly id: number;
  readonly handler: string;
  readonly chunks: readonly number[];
  readonly helps?: number;
  /** 64-bit places, and one size for all samples. */
  readonly isWide?: boolean;
}

function track({ id, handler, chunks, helps, isWide = false }: Table, at: number): Buffer {
  const places = chunks.map((index) => at + index * 40);
  const table = box(
    "stbl",
    fullBox("stsd", 0, 0, uint32(0)),
    fullBox("stsc", 0, 0, uint32(1), uint32(1), uint32(2), uint32(1)),
    isWide
      ? fullBox("stsz", 0, 0, uint32(20), uint32(chunks.length * 2))
      : fullBox(
          "stsz",
          0,
          0,
          uint32(0),
          uint32(chunks.length * 2),
          ...chunks.flatMap(() => [uint32(15), uint32(25)]),
        ),
    isWide
      ? fullBox("co64", 0, 0, uint32(places.length), ...places.flatMap((place) => [uint32(0), uint32(place)]))
      : fullBox("stco", 0, 0, uint32(places.length), ...places.map(uint32)),
  );
  return box(
    "trak",
    fullBox("tkhd", 0, 3, uint32(0), uint32(0), uint32(id), Buffer.alloc(60)),
    ...(helps === undefined ? [] : [box("tref", box("auxl", uint32(helps)))]),
    box("mdia", fullBox("hdlr", 0, 0, uint32(0), Buffer.from(handler), Buffer.alloc(13)), box("minf", table)),
  );
}

const still = buildHeif({
  brand: "avif",
  properties: [imageSize(40, 30)],
  items: [{ type: "av01", payload: Buffer.alloc(100, 7), properties: [1] }],
});
still.write("avis", 8, "latin1");

const moovAt = (at: number, isWide: boolean) =>
  box(
    "moov",
    fullBox("mvhd", 0, 0, Buffer.alloc(96)),
    track({ id: 1, handler: "soun", chunks: [0], isWide }, at),
    track({ id: 2, handler: "pict", chunks: [1, 3], isWide }, at),
    track({ id: 3, handler: "auxv", chunks: [4], helps: 2, isWide }, at),
    track({ id: 4, handler: "vide", chunks: [2], isWide }, at),
  );

function film(isWide: boolean, isLate: boolean): Buffer {
  const data = box("mdat", ...order);
  const moovBytes = moovAt(0, isWide).length;
  const at = still.length + (isLate ? 0 : moovBytes) + 8;
  const moov = moovAt(at, isWide);
  return Buffer.concat([still, ...(isLate ? [data, moov] : [moov, data])]);
}

describe.each([
  ["described by short tables", false],
  ["described by wide tables", true],
] as const)("a film %s", (_name, isWide) => {
  test("keeps the track that is shown and its transparency, and nothing of the others", async () => {
    const bytes = film(isWide, true);
    const after = await strip("avif", bytes, { metadata: "none", readRange: readFrom(bytes) });
    expect(after.length).toBe(bytes.length);
    expect(after.includes("secret")).toBe(false);
    expect(after.includes(samples.shown)).toBe(true);
    expect(after.includes(samples.more)).toBe(true);
    expect(after.includes(samples.clear)).toBe(true);
    expect(after.includes(Buffer.alloc(100, 7))).toBe(true);
    for (const handler of ["soun", "vide"]) expect(after.includes(handler), handler).toBe(false);
    for (const handler of ["pict", "auxv"]) expect(after.includes(handler), handler).toBe(true);
  });

  test("whose tracks stand between two parts of its data is stripped alike", async () => {
    const bytes = film(isWide, false);
    const after = await strip("avif", bytes, { metadata: "none", readRange: readFrom(bytes) });
    expect(after.includes("secret")).toBe(false);
    expect(after.includes(samples.shown)).toBe(true);
    expect(after.length).toBe(bytes.length);
  });
});

test("a film that is described before all its data needs no second look", async () => {
  const head = still.subarray(0, still.length - 108);
  const at = head.length + moovAt(0, false).length + 8;
  const bytes = Buffer.concat([head, moovAt(at, false), box("mdat", ...order)]);
  const after = await strip("avif", bytes);
  expect(after.includes("secret")).toBe(false);
  expect(after.includes(samples.more)).toBe(true);
  expect(after.includes(samples.clear)).toBe(true);
});

test("a table that says four billion samples costs no more than it holds", async () => {
  const table = box(
    "stbl",
    fullBox("stsc", 0, 0, uint32(1), uint32(1), uint32(0xffffffff), uint32(1)),
    fullBox("stsz", 0, 0, uint32(1), uint32(0xffffffff)),
    fullBox("stco", 0, 0, uint32(1), uint32(8)),
  );
  const moov = box(
    "moov",
    box(
      "trak",
      box("mdia", fullBox("hdlr", 0, 0, uint32(0), Buffer.from("pict"), uint16(0)), box("minf", table)),
    ),
  );
  const bytes = Buffer.concat([still, moov]);
  const after = await strip("avif", bytes, { metadata: "none", readRange: readFrom(bytes) });
  expect(after.length).toBe(bytes.length);
});
