// Where a film's samples lie: runs of chunks, sizes one by one or all alike, and which of its tracks are shown.
import { describe, expect, test } from "vitest";
import { isFilmBrand, samplesOf, tracksOf } from "../../../workers/formats/heif/film.ts";
import { box, fullBox, uint32 } from "../../support/make-fixtures/heif-file.ts";

type Runs = readonly (readonly [firstChunk: number, samples: number])[];

const stsc = (runs: Runs) =>
  fullBox(
    "stsc",
    0,
    0,
    uint32(runs.length),
    ...runs.flatMap(([chunk, count]) => [chunk, count, 1].map(uint32)),
  );
const sizes = (...all: readonly number[]) =>
  fullBox("stsz", 0, 0, uint32(0), uint32(all.length), ...all.map(uint32));
const alike = (size: number, count: number) => fullBox("stsz", 0, 0, uint32(size), uint32(count));
const places = (...all: readonly number[]) => fullBox("stco", 0, 0, uint32(all.length), ...all.map(uint32));
const farPlaces = (...all: readonly number[]) =>
  fullBox("co64", 0, 0, uint32(all.length), ...all.flatMap((place) => [uint32(1), uint32(place)]));

interface Told {
  readonly id?: number;
  readonly handler?: Buffer | string;
  readonly helps?: readonly number[];
  readonly version?: 0 | 1;
}

function track(
  tables: readonly Buffer[],
  { id = 1, handler = "pict", helps = [], version = 0 }: Told = {},
): Buffer {
  return box(
    "trak",
    fullBox("tkhd", version, 3, Buffer.alloc(version === 1 ? 16 : 8), uint32(id)),
    ...(helps.length > 0 ? [box("tref", box("auxl", ...helps.map(uint32)))] : []),
    box(
      "mdia",
      typeof handler === "string" ? fullBox("hdlr", 0, 0, uint32(0), Buffer.from(handler)) : handler,
      box("minf", box("stbl", ...tables)),
    ),
  );
}

const samples = (...tables: readonly Buffer[]) =>
  samplesOf(track(tables)).map(({ offset, length }) => [offset, length]);

describe("samples", () => {
  test("of one run, of several, and of chunks behind the last", () => {
    const all = sizes(1, 2, 3, 4, 5, 6, 7, 8, 9);
    expect(samples(stsc([[1, 2]]), all, places(10, 20, 30))).toEqual([
      [10, 3],
      [20, 7],
      [30, 11],
    ]);
    expect(
      samples(
        stsc([
          [1, 1],
          [2, 3],
          [4, 2],
        ]),
        all,
        places(10, 20, 30, 40),
      ),
    ).toEqual([
      [10, 1],
      [20, 9],
      [30, 18],
      [40, 17],
    ]);
    expect(
      samples(
        stsc([
          [1, 1],
          [3, 2],
        ]),
        all,
        places(10, 20, 30),
      ),
    ).toEqual([
      [10, 1],
      [20, 2],
      [30, 7],
    ]);
  });

  test("all of one size, and no more than there are", () => {
    expect(samples(stsc([[1, 3]]), alike(5, 7), places(10, 20, 30, 40))).toEqual([
      [10, 15],
      [20, 15],
      [30, 5],
    ]);
    expect(samples(stsc([[1, 3]]), sizes(1, 2, 3, 4), places(10, 20, 30))).toEqual([
      [10, 6],
      [20, 4],
    ]);
    expect(samples(stsc([[1, 1]]), alike(1, 1), places(10))).toEqual([[10, 1]]);
  });

  test("far away, in places of eight bytes", () => {
    expect(samples(stsc([[1, 1]]), alike(5, 2), farPlaces(10, 20))).toEqual([
      [2 ** 32 + 10, 5],
      [2 ** 32 + 20, 5],
    ]);
  });

  test("none where a table is missing, or there are no runs", () => {
    const [runs, lengths, where] = [stsc([[1, 1]]), alike(5, 1), places(10)];
    expect(samples(runs, lengths, where)).toHaveLength(1);
    for (const tables of [[lengths, where], [runs, where], [runs, lengths], []])
      expect(samples(...tables)).toEqual([]);
    expect(samples(stsc([]), lengths, where)).toEqual([]);
  });

  test("damage where a table ends before what it announces", () => {
    const short = (whole: Buffer, type: string) => box(type, whole.subarray(8, -1));
    const tables = [stsc([[1, 1]]), sizes(5), places(10)] as const;
    for (const [index, type] of ["stsc", "stsz", "stco"].entries()) {
      const cut = tables.map((table, at) => (at === index ? short(table, type) : table));
      if (type === "stsc") expect(samples(...cut)).toEqual([[10, 5]]);
      else expect(() => samples(...cut)).toThrow("a box is too short for its fields");
    }
  });
});

describe("tracks", () => {
  const shown = (...tracks: readonly Buffer[]) =>
    tracksOf(Buffer.concat(tracks)).map(({ isShown }) => isShown);

  test.each(["pict", "vide"])("the first one of %s is shown, with what helps it", (handler) => {
    expect(
      shown(
        track([], { id: 1, handler: "soun" }),
        track([], { id: 2, handler: "auxv", helps: [9, 3] }),
        track([], { id: 3, handler }),
        track([], { id: 4, handler }),
        track([], { id: 5, handler, helps: [4] }),
        track([], { id: 6, handler, helps: [3] }),
      ),
    ).toEqual([false, true, true, false, false, true]);
  });

  test("what helps another is not the first, and without a first none is shown", () => {
    expect(shown(track([], { id: 1, helps: [2] }), track([], { id: 2 }))).toEqual([true, true]);
    expect(shown(track([], { id: 1, helps: [2] }))).toEqual([false]);
    expect(shown(track([], { id: 1, handler: "soun" }))).toEqual([false]);
  });

  test("are known by their numbers, wherever those stand", () => {
    const first = track([], { id: 7, version: 1 });
    expect(shown(first, track([], { id: 2, handler: "auxv", helps: [7], version: 1 }))).toEqual([true, true]);
    expect(shown(first, track([], { id: 2, handler: "auxv", helps: [8], version: 1 }))).toEqual([
      true,
      false,
    ]);
  });

  test("have a kind only where their handler is long enough to say it", () => {
    expect(shown(track([], { handler: fullBox("hdlr", 0, 0, uint32(0), Buffer.from("pict")) }))).toEqual([
      true,
    ]);
    expect(shown(track([], { handler: fullBox("hdlr", 0, 0, uint32(0), Buffer.from("pic")) }))).toEqual([
      false,
    ]);
    expect(shown(track([], { handler: Buffer.alloc(0) }))).toEqual([false]);
  });
});

test("only these brands are films", () => {
  expect(["avis", "msf1", "hevc", "hevx", "avif", "heic", "mif1"].filter(isFilmBrand)).toEqual([
    ...["avis", "msf1", "hevc", "hevx"],
  ]);
});
