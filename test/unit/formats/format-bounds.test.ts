// How large, how many, how long: what files of each format may just be, and what is just too much.
import { describe, expect, test } from "vitest";
import { BitReader } from "../../../workers/formats/bytes/bit-reader.ts";
import { ByteReader } from "../../../workers/formats/bytes/byte-reader.ts";
import { crc32 } from "../../../workers/formats/bytes/crc32.ts";
import { viewOf } from "../../../workers/formats/bytes/numbers.ts";
import {
  maxFurtherExtents,
  maxItems,
  maxPieces,
  maxSubBlocks,
  PieceCount,
} from "../../../workers/formats/bytes/pieces.ts";
import { isPlausibleSize } from "../../../workers/formats/facts.ts";
import { maxDataBoxes, maxMetaBytes } from "../../../workers/formats/heif/facts.ts";
import { mostProfileBytes } from "../../../workers/formats/icc/find.ts";
import { parseIcc } from "../../../workers/formats/icc/tags.ts";
import { checkedChunks } from "../../../workers/formats/png/checked-chunks.ts";
import { References } from "../../../workers/formats/svg/sanitize/entities.ts";
import { headerOf } from "../../../workers/formats/tiff/directory.ts";
import { readPages } from "../../../workers/formats/tiff/pages.ts";
import { exifInWebp } from "../../../workers/formats/webp/exif.ts";
import { joinPng } from "../../support/make-fixtures/png-chunks.ts";
import { readFrom } from "../../support/strip.ts";

const refuses = (make: () => unknown) => {
  try {
    make();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : "?";
  }
};

test("a picture has a million pixels a side, and 5,000 megapixels, at most", () => {
  for (const [width, height] of [
    [1, 1],
    [1_000_000, 5_000],
    [5_000, 1_000_000],
    [1, 1_000_000],
  ] as const)
    expect(isPlausibleSize(width, height)).toBe(true);
  for (const [width, height] of [
    [0, 1],
    [1, 0],
    [1_000_001, 1],
    [1, 1_000_001],
    [1_000_000, 5_001],
    [-1, -1],
  ] as const)
    expect(isPlausibleSize(width, height)).toBe(false);
});

test("a file is cut into 100,000 pieces, and its pixels into 2,000,000, at most", () => {
  expect([maxPieces, maxSubBlocks, maxItems, maxFurtherExtents]).toEqual([100_000, 2_000_000, 20_000, 4_096]);
  expect([maxMetaBytes, maxDataBoxes, mostProfileBytes]).toEqual([1_048_576, 1_000, 4_194_304]);
  const count = new PieceCount();
  for (let index = 0; index < maxPieces; index++) count.piece();
  expect(count.pieces).toBe(maxPieces);
  expect(refuses(() => count.piece())).toBe("it is cut into too many pieces");
  for (let index = 0; index < maxSubBlocks; index++) count.subBlock();
  expect(refuses(() => count.subBlock())).toBe("its pixels are cut into too many pieces");
});

test("numbers of bits end where their bytes do, and a long one has 31 zeros at most", () => {
  const bits = (text: string) =>
    new BitReader(
      Uint8Array.from(text.padEnd(8 * Math.ceil(text.length / 8), "0").match(/.{8}/g) ?? [], (byte) =>
        Number.parseInt(byte, 2),
      ),
    );
  expect(["1", "010", "011", "00100", "00111"].map((text) => bits(text).golomb())).toEqual([0, 1, 2, 3, 6]);
  expect(bits(`${"0".repeat(31)}1${"1".repeat(31)}`).golomb()).toBe(2 ** 32 - 2);
  expect(refuses(() => bits(`${"0".repeat(32)}1${"1".repeat(32)}`).golomb())).toBe(
    "a number in a header is too long",
  );
  const reader = bits("1010_0000_1111_0000_1".replaceAll("_", ""));
  expect([reader.bits(0), reader.flag(), reader.bits(3), reader.bits(8)]).toEqual([0, true, 2, 0x0f]);
  reader.skip(4);
  expect([reader.flag(), reader.bits(7), refuses(() => reader.bits(1))]).toEqual([
    true,
    0,
    "a header is cut off",
  ]);
  expect(bits("1".repeat(32)).bits(32)).toBe(2 ** 32 - 1);
});

describe("a colour profile", () => {
  /** Each of its tags holds its own number. */
  function profile(tags: number, cut = 0): Uint8Array {
    const bytes = Buffer.alloc(132 + 12 * tags + 12 * tags);
    bytes.write("RGB XYZ ", 16);
    bytes.write("acsp", 36);
    bytes.writeUInt32BE(tags, 128);
    for (let index = 0; index < tags; index++) {
      const [entry, at] = [132 + 12 * index, 132 + 12 * tags + 12 * index];
      bytes.write(`t${String(index).padStart(3, "0")}`, entry);
      bytes.writeUInt32BE(at, entry + 4);
      bytes.writeUInt32BE(12, entry + 8);
      bytes.write("para", at);
      bytes.writeInt32BE(-65_536 * index, at + 8);
    }
    return bytes.subarray(0, bytes.length - cut);
  }

  test("is read with its first 200 tags", () => {
    const read = parseIcc(profile(202));
    expect([read?.space, read?.pcs]).toEqual(["RGB", "XYZ"]);
    expect([read?.tag("t000")?.fixed(8), read?.tag("t199")?.fixed(8)]).toEqual([0, -199]);
    expect([read?.tag("t200"), read?.tag("none")]).toEqual([undefined, undefined]);
  });

  test("that is cut has the tags that are there, and none is too short for its name", () => {
    expect(parseIcc(profile(2, 1))?.tag("t001")).toBeUndefined();
    expect(parseIcc(profile(2, 1))?.tag("t000")?.type).toBe("para");
    expect(parseIcc(profile(0))?.tag("t000")).toBeUndefined();
    expect(parseIcc(profile(0, 1))).toBeUndefined();
    expect(parseIcc(Buffer.alloc(200))).toBeUndefined();
    const length = (bytes: number) => {
      const made = Buffer.from(profile(1));
      made.writeUInt32BE(bytes, 132 + 8);
      return parseIcc(made)?.tag("t000")?.length;
    };
    expect([7, 8, 12, 13].map(length)).toEqual([undefined, 8, 12, undefined]);
  });

  test("gives 0 for what a tag does not hold", () => {
    const tag = parseIcc(profile(2))?.tag("t001");
    expect([tag?.u8(8), tag?.u16(8), tag?.u32(8)]).toEqual([0xff, 0xffff, 0xffff_0000]);
    expect([tag?.u8(11), tag?.u8(12), tag?.u16(10), tag?.u16(11), tag?.u32(9), tag?.fixed(9)]).toEqual([
      0, 0, 0, 0, 0, 0,
    ]);
    expect([tag?.u8(9), tag?.u16(9), tag?.u8(-1), tag?.fixed(8)]).toEqual([0xff, 0xff00, 0, -1]);
  });
});

describe("entities of an SVG", () => {
  const declared = (...entities: readonly string[]) =>
    new References().declare(`svg [${entities.map((entity) => `<!ENTITY ${entity}>`).join("")}]`);
  test("are 64 at most, with a name of 64 letters and a value of 128", () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => `e${index} "v"`);
    expect(Object.keys(declared(...many(64)))).toHaveLength(64);
    expect(refuses(() => declared(...many(65)))).toBe("The SVG declares or uses too many entities.");
    const [name, value] = ["n".repeat(64), "v".repeat(128)];
    expect(declared(`${name} "${value}"`, `b '${value}'`)).toEqual({ [name]: value, b: value });
    for (const wrong of [
      `n${name} "v"`,
      `a "${value}v"`,
      `a '${value}v'`,
      'a "&b;"',
      'a "%b;"',
      'a "<b>"',
      '1 "v"',
      'a SYSTEM "v"',
    ])
      expect(declared(wrong), wrong).toEqual({});
  });
});

test("a chunk of a PNG that is read has a megabyte at most; a longer one counts as absent", () => {
  const header = { type: "IHDR", body: Buffer.alloc(13, 1) };
  const kinds = (bytes: number) => {
    const reader = new ByteReader();
    reader.feed(
      joinPng([header, { type: "iCCP", body: Buffer.alloc(bytes) }, { type: "IEND", body: Buffer.alloc(0) }]),
    );
    return [...checkedChunks(reader, (before, more) => crc32(more, before))].map((piece) =>
      piece?.kind === "chunk" ? piece.type : piece?.kind,
    );
  };
  expect(kinds(1 << 20)).toEqual(["IHDR", "iCCP", "end"]);
  expect(kinds((1 << 20) + 1)).toEqual(["IHDR", "end"]);
});

test("a TIFF has 1,000 directories of 4,096 tags at most, and one that comes again ends their chain", async () => {
  const chain = async (directories: number, tags = 0, last = 0) => {
    const each = 2 + 12 * tags + 4;
    const file = Buffer.alloc(8 + each * directories);
    file.write("II*\0", "latin1");
    file.writeUInt32LE(8, 4);
    for (let index = 0; index < directories; index++) {
      const at = 8 + each * index;
      file.writeUInt16LE(tags, at);
      file.writeUInt32LE(index + 1 < directories ? at + each : last, at + each - 4);
    }
    const pages = await readPages(readFrom(file), headerOf(viewOf(file)));
    return pages.length;
  };
  expect(await chain(1_000)).toBe(1_000);
  await expect(chain(1_001)).rejects.toThrow("it has too many directories");
  expect(await chain(1, 4_096)).toBe(1);
  await expect(chain(1, 4_097)).rejects.toThrow("its directory is too large");
  expect(await chain(3, 0, 8)).toBe(3);
});

test("a WebP's EXIF is found in its first 64 chunks, as long as it may be", async () => {
  const exif = Buffer.from("II*\0\x08\0\0\0\0\0\0\0\0\0", "latin1");
  const chunk = (id: string, body: Uint8Array) => {
    const head = Buffer.alloc(8);
    head.write(id, "latin1");
    head.writeUInt32LE(body.length, 4);
    return Buffer.concat([head, body, Buffer.alloc(body.length & 1)]);
  };
  const found = (before: number, most = exif.length) => {
    const file = Buffer.concat([
      Buffer.alloc(12),
      ...Array<Buffer>(before).fill(chunk("junk", Buffer.alloc(3))),
      chunk("EXIF", exif),
    ]);
    return exifInWebp(
      { range: async (offset, length) => Uint8Array.from(file.subarray(offset, offset + length)) },
      most,
    );
  };
  expect(await found(63)).toEqual(Uint8Array.from(exif));
  expect(await found(64)).toBeNull();
  expect(await found(0, exif.length - 1)).toBeNull();
});
