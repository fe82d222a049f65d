// Which bytes of an ICO are served: its directory and what that names, and of each picture what is seen.
import { describe, expect, test } from "vitest";
import { ByteReader } from "../../../workers/formats/bytes/byte-reader.ts";
import { type IcoEntry, isIco, largestOf } from "../../../workers/formats/ico/directory.ts";
import { stripIco } from "../../../workers/formats/ico/strip.ts";
import { joinPng } from "../../support/make-fixtures/png-chunks.ts";

interface Entry {
  readonly offset: number;
  readonly length: number;
}

function ico(entries: readonly Entry[], pictures: Uint8Array): Buffer {
  const directory = Buffer.alloc(6 + 16 * entries.length, 7);
  directory.set([0, 0, 1, 0, entries.length, 0]);
  for (const [index, { offset, length }] of entries.entries()) {
    directory.writeUInt32LE(length, 6 + 16 * index + 8);
    directory.writeUInt32LE(offset + directory.length, 6 + 16 * index + 12);
  }
  return Buffer.concat([directory, pictures]);
}

/** A bitmap of 40 bytes of header, colours, pixels and mask, all of them 9. */
function bitmap(bytes: number, width: number, height: number, bits: number): Buffer {
  const made = Buffer.alloc(bytes, 9);
  made.writeUInt32LE(40, 0);
  made.writeInt32LE(width, 4);
  made.writeInt32LE(height, 8);
  made.writeUInt16LE(bits, 14);
  for (const at of [16, 20, 32]) made.writeUInt32LE(0, at);
  return made;
}

function left(file: Uint8Array, pieceBytes = file.length): Buffer {
  const reader = new ByteReader();
  const pieces: Uint8Array[] = [];
  const reading = stripIco(reader, (bytes) => pieces.push(Uint8Array.from(bytes)));
  let { done } = reading.next();
  for (let at = 0; !done && at < file.length; at += pieceBytes) {
    reader.feed(file.slice(at, at + pieceBytes));
    ({ done } = reading.next());
  }
  reader.end();
  if (!done) reading.next();
  const all = Buffer.concat(pieces);
  if (pieceBytes > 1) expect(left(file, 1)).toEqual(all);
  return all;
}
const zeros = (bytes: number) => Buffer.alloc(bytes);
const small = (value: number) => Buffer.alloc(10, value);

describe("of an ICO", () => {
  test("what stands between its pictures is blanked, and what stands behind them goes", () => {
    const entries = [
      { offset: 33, length: 10 },
      { offset: 3, length: 10 },
      { offset: 3, length: 10 },
      { offset: 13, length: 10 },
    ];
    const pictures = [Buffer.alloc(3, 1), small(2), small(3), small(4), small(5), small(6)];
    const shown = [zeros(3), small(2), small(3), zeros(10), small(5)];
    expect(left(ico(entries, Buffer.concat(pictures)))).toEqual(ico(entries, Buffer.concat(shown)));
  });

  test("pictures that lie over each other are refused", () => {
    const over = (offset: number) => [
      { offset: 0, length: 10 },
      { offset, length: 10 },
    ];
    expect(() => left(ico(over(9), zeros(40)))).toThrow("its pictures lie over each other");
    expect(left(ico(over(10), Buffer.alloc(20, 1)))).toEqual(ico(over(10), Buffer.alloc(20, 1)));
    expect(left(ico(over(0), Buffer.alloc(10, 1)))).toEqual(ico(over(0), Buffer.alloc(10, 1)));
    const inside = [
      { offset: 0, length: 10 },
      { offset: 2, length: 8 },
    ];
    expect(left(ico(inside, Buffer.alloc(10, 1)))).toEqual(ico(inside, Buffer.alloc(10, 1)));
  });

  test.each([
    ["24 bits", 5, 6, 24, 40 + 3 * 16 + 3 * 4],
    ["32 bits, top down", 5, -6, 32, 40 + 3 * 20 + 3 * 4],
    ["4 bits and their colours", 9, 4, 4, 40 + 64 + 2 * 8 + 2 * 4],
    ["one bit, wider than a word", 33, 2, 1, 40 + 8 + 8 + 8],
    ["an odd height", 5, 3, 24, 40 + 24 + 6],
  ])("a bitmap of %s ends with its mask", (_, width, height, bits, bytes) => {
    for (const more of [0, 1, 30]) {
      const length = bytes + more;
      const whole = ico([{ offset: 0, length }], bitmap(length, width, height, bits));
      expect(left(whole)).toEqual(Buffer.concat([whole.subarray(0, 22 + bytes), zeros(more)]));
    }
    const cut = ico([{ offset: 0, length: bytes - 1 }], bitmap(bytes - 1, width, height, bits));
    expect(left(cut)).toEqual(cut);
  });

  test("a PNG keeps its length, without what it says of its maker", () => {
    const chunk = (type: string, ...body: readonly number[]) => ({ type, body: Buffer.from(body) });
    const png = (...chunks: readonly { type: string; body: Buffer }[]) =>
      Buffer.concat([
        joinPng([chunk("IHDR", ...Array(13).fill(1)), ...chunks, chunk("IDAT", 5), chunk("IEND")]),
      ]);
    for (const bytes of [0, 1, 4_095, 4_096, 4_097, 4_108, 9_000]) {
      const before = Buffer.concat([
        png({ type: "tEXt", body: Buffer.alloc(bytes, 65) }),
        Buffer.from("behind"),
      ]);
      const entries = [{ offset: 0, length: before.length }];
      const after = left(ico(entries, before));
      expect(after.length).toBe(22 + before.length);
      const types: string[] = [];
      for (let at = 22 + 8; ; ) {
        const length = after.readUInt32BE(at);
        types.push(after.toString("latin1", at + 4, at + 8));
        at += 12 + length;
        if (types.at(-1) === "IEND") {
          expect(after.subarray(at)).toEqual(zeros(6));
          break;
        }
      }
      expect(new Set(types)).toEqual(new Set(["IHDR", "noNe", "IDAT", "IEND"]));
      expect(types.filter((type) => type === "noNe")).toHaveLength(bytes < 4_108 ? 1 : bytes < 8_216 ? 2 : 3);
      expect([after.includes("tEXt"), after.includes("AAAA")]).toEqual([false, false]);
    }
  });
});

test("an ICO is told by its first entry", () => {
  const file = ico([{ offset: 0, length: 10 }], zeros(10));
  const changed = (at: number, value: number) => {
    const copy = Buffer.from(file);
    copy[at] = value;
    copy[9] = at === 9 ? value : 0;
    return copy;
  };
  expect(isIco(changed(4, 1))).toBe(true);
  expect(isIco(changed(18, 23))).toBe(true);
  for (const [at, value] of [
    [0, 1],
    [1, 1],
    [2, 2],
    [3, 1],
    [4, 0],
    [4, 2],
    [9, 1],
    [18, 21],
  ] as const)
    expect(isIco(changed(at, value)), `${value} at ${at}`).toBe(false);
  expect(isIco(changed(4, 1).subarray(0, 22))).toBe(true);
  expect(isIco(changed(4, 1).subarray(0, 21))).toBe(false);
});

test("the largest picture counts, of those the deepest, of those the first", () => {
  const entry = (width: number, height: number, depth: number): IcoEntry => ({
    width,
    height,
    depth,
    offset: 0,
    length: 0,
    bytes: zeros(0),
  });
  const best = (...sizes: readonly (readonly [number, number, number])[]) => {
    const entries = sizes.map((size) => entry(...size));
    const most = largestOf(entries);
    return most && entries.indexOf(most);
  };
  expect(best()).toBeUndefined();
  expect(best([8, 8, 1], [4, 16, 1], [8, 9, 1], [16, 4, 32])).toBe(2);
  expect(best([8, 8, 8], [8, 8, 24], [4, 16, 32], [8, 8, 32])).toBe(2);
});
