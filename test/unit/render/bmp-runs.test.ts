// BMPs packed by runs, whatever codes they hold and wherever a read ends: the rows are those of a reader that has the whole file before it.
import { describe, expect, test } from "vitest";
import { bmpFrontBytes, bmpPicture } from "../../../workers/formats/bmp/picture.ts";
import type { Bytes } from "../../../workers/formats/bytes/source.ts";
import { Damage } from "../../../workers/formats/damage.ts";
import { unpackRuns } from "../../../workers/src/render/bmp/runs.ts";
import { bmp as bitmap } from "../../harness/hostile/files/bitmap.ts";
import { type Random, seededRandom } from "../../harness/seeded-random.ts";
import { filling } from "../../support/filling.ts";

const WIDTH = 37;
const HEIGHT = 29;
const BLACK = 0xff00_0000;

interface Shown {
  readonly rows: readonly (readonly number[])[];
  readonly isRefused: boolean;
}

/** The file's head with a palette of which each entry is another grey, and its codes. */
function inRuns(bits: 4 | 8, codes: readonly number[]): Uint8Array {
  const colours = 1 << bits;
  const head = bitmap({
    width: WIDTH,
    height: HEIGHT,
    compression: bits === 8 ? 1 : 2,
    colours,
    depth: bits,
  });
  const file = Buffer.concat([head.subarray(0, 54), Buffer.alloc(4 * colours), Buffer.from(codes)]);
  for (let index = 0; index < colours; index++) file.fill(greyOf(index), 54 + 4 * index, 54 + 4 * index + 3);
  file.writeUInt32LE(54 + 4 * colours, 10);
  return file;
}
const greyOf = (index: number) => (7 + 13 * index) % 256;
const pixelOf = (index: number) => (0x01_0101 * greyOf(index) + BLACK) >>> 0;

/** Codes as an encoder writes them, and as none does. */
function randomCodes(random: Random): readonly number[] {
  const draw = (most: number) => Math.floor(random() * (most + 1));
  const codes: number[] = [];
  const isCalm = random() < 0.5;
  while (codes.length < 30 * HEIGHT) {
    const kind = random();
    if (kind < 0.5) codes.push(1 + draw(isCalm ? 9 : 254), draw(255));
    else if (kind < 0.75) {
      const count = 3 + draw(isCalm ? 9 : 252);
      codes.push(0, count, ...Array.from({ length: 2 * Math.ceil(count / 2) }, () => draw(255)));
    } else if (kind < 0.9) codes.push(0, 0);
    else if (kind < 0.99) codes.push(0, 2, draw(isCalm ? 4 : 60), draw(isCalm ? 2 : 9));
    else codes.push(0, 1);
  }
  return random() < 0.3 ? codes.slice(0, draw(codes.length)) : codes;
}

/** Written from the format's description, all at once. */
function shownBy(bits: 4 | 8, codes: readonly number[]): Shown {
  const rows = Array.from({ length: HEIGHT }, () => Array.from({ length: WIDTH }, () => BLACK));
  let [x, y, at, begun] = [0, 0, 0, false];
  const put = (index: number) => {
    const row = rows[y];
    begun = true;
    if (row && x < WIDTH) row[x++] = pixelOf(index);
  };
  const index = (byte: number, turn: number) => (bits === 8 ? byte : turn % 2 === 0 ? byte >> 4 : byte & 15);
  const down = (lines: number) => {
    y += lines;
    if (lines > 0) begun = false;
  };
  while (y < HEIGHT && at + 2 <= codes.length) {
    const [count = 0, value = 0] = codes.slice(at, at + 2);
    at += 2;
    if (count > 0) for (let turn = 0; turn < count; turn++) put(index(value, turn));
    else if (value === 0) {
      down(1);
      x = 0;
    } else if (value === 1) {
      down(HEIGHT - y);
    } else if (value === 2) {
      const [right, lines] = codes.slice(at, at + 2);
      if (right === undefined || lines === undefined) break;
      at += 2;
      x += right;
      if (x > WIDTH || y + lines > HEIGHT) return { rows: rows.slice(0, y), isRefused: true };
      down(lines);
    } else {
      const length = bits === 8 ? value : Math.ceil(value / 2);
      const padded = length + (length % 2);
      if (at + padded > codes.length) break;
      for (let turn = 0; turn < value; turn++)
        put(index(codes[at + (bits === 8 ? turn : turn >> 1)] ?? 0, turn));
      at += padded;
    }
  }
  return { rows: rows.slice(0, Math.min(HEIGHT, begun ? y + 1 : y)), isRefused: false };
}

const coming = (file: Uint8Array, next: () => number): Bytes => ({
  stream: async (from = 0) => filling(file.subarray(from), next),
  whole: async () => file.slice(),
  range: async (at, length) => file.slice(at, at + length),
});

async function unpacked(file: Uint8Array, next: () => number): Promise<Shown> {
  const rows: (readonly number[])[] = [];
  try {
    const picture = bmpPicture(file.subarray(0, bmpFrontBytes));
    for await (const row of unpackRuns(picture, coming(file, next))) rows.push([...row]);
    return { rows, isRefused: false };
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    return { rows, isRefused: true };
  }
}

describe.each([4, 8] as const)("%s bits a pixel", (bits) => {
  test.each([
    ["a byte", () => () => 1],
    ["three bytes", () => () => 3],
    ["what has come", (random: Random) => () => 1 + Math.floor(random() ** 2 * 90)],
  ] as const)("show the same rows, read %s at a time", async (_, pace) => {
    for (let seed = 1; seed <= 60; seed++) {
      const random = seededRandom(seed);
      const codes = randomCodes(random);
      expect(await unpacked(inRuns(bits, codes), pace(random)), `seed ${seed}`).toEqual(shownBy(bits, codes));
    }
  });
});
