// A moving AVIF shows one track, with its transparency: what else was filmed or recorded beside it reaches nobody.
import { describe, expect, test } from "vitest";
import { film, moovAt, order, samples, still } from "../../support/make-fixtures/film.ts";
import { box, fullBox, uint16, uint32 } from "../../support/make-fixtures/heif-file.ts";
import { readFrom, strip } from "../../support/strip.ts";

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
