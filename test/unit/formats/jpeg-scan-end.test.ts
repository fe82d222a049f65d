// Scans written by the standard's own grammar (T.81, annexes C and F): where they end is found among whatever follows them.
import { describe, expect, test } from "vitest";
import { defineCodes, type HuffmanCodes } from "../../../workers/formats/jpeg/huffman.ts";
import { ScanEnd, scanFrame } from "../../../workers/formats/jpeg/scan-end.ts";
import { seededRandom } from "../../harness/seeded-random.ts";

const random = seededRandom(43);
const below = (end: number) => Math.floor(random() * end);

/** Symbols by the lengths of their codes, shortest first: some are longer than what is looked up at once. */
type Table = readonly (readonly [symbol: number, length: number])[];
const dcTable: Table = [
  [0, 2],
  [5, 2],
  [11, 3],
  [8, 9],
  [3, 10],
  [7, 16],
];
const acTable: Table = [
  [0x00, 2],
  [0xf0, 3],
  [0x01, 3],
  [0x13, 9],
  [0x5a, 10],
  [0x72, 12],
  [0xe1, 16],
];

function codesOf(table: Table): ReadonlyMap<number, string> {
  let code = 0;
  let before = 0;
  return new Map(
    table.map(([symbol, length]) => {
      code <<= length - before;
      before = length;
      return [symbol, (code++).toString(2).padStart(length, "0")] as const;
    }),
  );
}
const [dcCodes, acCodes] = [codesOf(dcTable), codesOf(acTable)];
const definition = (name: number, table: Table) => [
  name,
  ...Array.from({ length: 16 }, (_, at) => table.filter(([, length]) => length === at + 1).length),
  ...table.map(([symbol]) => symbol),
];
const codes: HuffmanCodes = new Map();
defineCodes(codes, Uint8Array.from([...definition(0x01, dcTable), ...definition(0x12, acTable)]));

const anyBits = (count: number) => Array.from({ length: count }, () => below(2)).join("");

function block(): string {
  const dc = dcTable[below(dcTable.length)]?.[0] ?? 0;
  let bits = (dcCodes.get(dc) ?? "") + anyBits(dc);
  for (let next = 1; next <= 63; ) {
    const fitting = acTable.map(([symbol]) => symbol).filter((symbol) => next + (symbol >> 4) <= 63);
    const symbol = fitting[below(fitting.length)] ?? 0;
    bits += (acCodes.get(symbol) ?? "") + anyBits(symbol & 15);
    next = symbol === 0 ? 64 : next + (symbol >> 4) + 1;
  }
  return bits;
}

/** An interval's bytes: blocks, ones up to a byte, and a zero behind each FF. */
function interval(blocks: number): number[] {
  const bits = Array.from({ length: blocks }, block).join("");
  const bytes = (bits.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, "1"), 2));
  return bytes.flatMap((byte) => (byte === 0xff ? [0xff, 0] : [byte]));
}

interface Shape {
  readonly size: readonly [width: number, height: number];
  readonly factors: readonly (readonly [across: number, down: number])[];
  /** Components of the scan. */
  readonly scanned: readonly number[];
  /** MCUs, and blocks in each. */
  readonly mcus: number;
  readonly blocks: number;
}
const shapes: readonly Shape[] = [
  { size: [8, 8], factors: [[1, 1]], scanned: [0], mcus: 1, blocks: 1 },
  { size: [17, 9], factors: [[1, 1]], scanned: [0], mcus: 6, blocks: 1 },
  { size: [17, 9], factors: [[2, 2]], scanned: [0], mcus: 6, blocks: 1 },
  {
    size: [33, 17],
    factors: [
      [2, 2],
      [1, 1],
      [1, 1],
    ],
    scanned: [0, 1, 2],
    mcus: 6,
    blocks: 6,
  },
  {
    size: [33, 17],
    factors: [
      [2, 1],
      [1, 1],
      [1, 1],
    ],
    scanned: [0, 1, 2],
    mcus: 9,
    blocks: 4,
  },
  {
    size: [33, 17],
    factors: [
      [2, 2],
      [1, 1],
      [1, 1],
    ],
    scanned: [0],
    mcus: 15,
    blocks: 1,
  },
  {
    size: [33, 17],
    factors: [
      [2, 2],
      [1, 1],
      [1, 1],
    ],
    scanned: [2],
    mcus: 6,
    blocks: 1,
  },
  {
    size: [35, 5],
    factors: [
      [4, 1],
      [1, 1],
      [1, 1],
    ],
    scanned: [1],
    mcus: 2,
    blocks: 1,
  },
  {
    size: [33, 17],
    factors: [
      [2, 2],
      [1, 1],
      [1, 1],
    ],
    scanned: [1, 2],
    mcus: 6,
    blocks: 2,
  },
];

function endOf({ size: [width, height], factors, scanned }: Shape, restarts: number) {
  const components = factors.flatMap(([across, down], index) => [10 + index, (across << 4) | down, 0]);
  const frame = [8, height >> 8, height & 255, width >> 8, width & 255, factors.length, ...components];
  const header = [scanned.length, ...scanned.flatMap((index) => [10 + index, 0x12]), 0, 63, 0];
  return ScanEnd.of(Uint8Array.from(header), scanFrame(Uint8Array.from(frame)), codes, restarts);
}

const trailer = Array.from({ length: 600 }, (_, at) => (at * 7) & 0x7f);

/** How many bytes a scan is found to have, in pieces of this length. */
function found(end: ScanEnd | null, bytes: readonly number[], pieceBytes = 10_000): number | null {
  if (!end) return null;
  const all = Uint8Array.from([...bytes, ...trailer]);
  let taken = 0;
  for (let at = 0; at < all.length; at += pieceBytes) {
    const piece = all.subarray(at, at + pieceBytes);
    const count = end.take(piece);
    taken += count;
    if (count < piece.length) break;
  }
  return taken;
}

/** Intervals of a scan, without the restarts between them. */
function intervals({ mcus, blocks }: Shape, restarts: number): readonly number[][] {
  if (restarts === 0) return [interval(mcus * blocks)];
  return Array.from({ length: Math.ceil(mcus / restarts) }, (_, index) =>
    interval(Math.min(restarts, mcus - index * restarts) * blocks),
  );
}
const joined = (parts: readonly number[][], left: (index: number) => boolean = () => true) =>
  parts.flatMap((part, index) =>
    left(index) ? [...part, ...(index + 1 < parts.length ? [0xff, 0xd0 | (index & 7)] : [])] : [],
  );

describe.each(shapes)("a scan of $scanned in $size, sampled $factors", (shape) => {
  test.each([0, 1, 2, 5])("with a restart every %i MCUs ends where it was written to", (restarts) => {
    for (let round = 0; round < 30; round++) {
      const bytes = joined(intervals(shape, restarts));
      expect(found(endOf(shape, restarts), bytes)).toBe(bytes.length);
      expect(found(endOf(shape, restarts), bytes, 1)).toBe(bytes.length);
    }
  });
});

describe("of a scan of 30 MCUs with a restart after each", () => {
  const shape: Shape = { size: [240, 8], factors: [[1, 1]], scanned: [0], mcus: 30, blocks: 1 };
  const written = (left?: (index: number) => boolean) => joined(intervals(shape, 1), left);

  test.each([
    [0, true],
    [1, true],
    [2, true],
    [3, false],
    [5, false],
  ])("%i intervals that are lost are made up for: %s", (lost, isFound) => {
    const bytes = written((index) => index < 10 || index >= 10 + lost);
    const count = found(endOf(shape, 1), bytes);
    if (isFound) expect(count).toBe(bytes.length);
    else expect(count).toBeGreaterThan(bytes.length);
  });

  test("an interval of nonsense, or one that was cut, ends at its restart", () => {
    for (const nonsense of [[], [0xff, 0x05, 1, 2, 3], [0xff, 0xc0], [0xff, 0xff, 0xd8, 9]]) {
      const parts = intervals(shape, 1).map((part, index) => (index === 7 ? nonsense : part));
      const bytes = joined(parts);
      expect(found(endOf(shape, 1), bytes)).toBe(bytes.length);
    }
  });

  test("a restart that came before is passed over with what follows it", () => {
    const parts = intervals(shape, 1);
    for (const late of [6, 7]) {
      const again = [0xff, 0xd0 | ((10 + late) & 7), ...interval(1)];
      const bytes = joined(parts.map((part, index) => (index === 10 ? [...part, ...again] : part)));
      expect(found(endOf(shape, 1), bytes)).toBe(bytes.length);
    }
  });
});

test("a restart in a scan that has none loses what follows", () => {
  const shape: Shape = { size: [80, 8], factors: [[1, 1]], scanned: [0], mcus: 10, blocks: 1 };
  const bytes = [...interval(5), 0xff, 0xd0, ...interval(5)];
  expect(found(endOf(shape, 0), bytes)).toBe(bytes.length + trailer.length);
});

test("nothing is known of a scan whose component or codes are missing, or that has none", () => {
  const frame = scanFrame(Uint8Array.of(8, 0, 8, 0, 8, 1, 10, 0x11, 0));
  const of = (...header: readonly number[]) => ScanEnd.of(Uint8Array.from(header), frame, codes, 0);
  expect(of(1, 10, 0x12)).not.toBeNull();
  for (const header of [[0], [1, 11, 0x12], [1, 10, 0x02], [1, 10, 0x11]]) expect(of(...header)).toBeNull();
  const empty = scanFrame(Uint8Array.of(8, 0, 0, 0, 8, 1, 10, 0x11, 0));
  expect(ScanEnd.of(Uint8Array.of(1, 10, 0x12), empty, codes, 0)).toBeNull();
  expect(scanFrame(Uint8Array.of(8, 1, 2, 3, 4, 1, 9, 0x21, 0))).toEqual({
    height: 0x0102,
    width: 0x0304,
    components: [{ id: 9, across: 2, down: 1 }],
  });
});

test("bits that are no code count as sixteen, and tables that are cut define nothing", () => {
  const known = codes.get(1);
  expect(known?.find(0)).toBe(2 * 256);
  expect(known?.find(0b0100_0000_0000_0000)).toBe(2 * 256 + 5);
  expect(known?.find(0xffff)).toBe(16 * 256);
  const none: HuffmanCodes = new Map();
  defineCodes(none, Uint8Array.from(definition(0, []).slice(0, 16)));
  expect(none.size).toBe(0);
  defineCodes(none, Uint8Array.from([...definition(0, []), ...definition(3, dcTable)]));
  expect([...none.keys()]).toEqual([0, 3]);
});
