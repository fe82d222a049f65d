// AV1 headers written by the specification's own grammar (section 5.5), field by field, and read back; and the units that they come in.
import { describe, expect, test } from "vitest";
import { readAv1Picture } from "../../../workers/formats/av1/picture.ts";
import { readSequenceHeader, type SequenceHeader } from "../../../workers/formats/av1/sequence-header.ts";
import { readAll } from "../../../workers/formats/bytes/byte-reader.ts";
import { seededRandom } from "../../harness/seeded-random.ts";
import { av1SequenceHeader } from "../../support/make-fixtures/coded-pictures.ts";

const random = seededRandom(41);
const below = (end: number) => Math.floor(random() * end);
const flag = () => below(2);

/** Bits as they are written, most significant first. */
class Bits {
  #text = "";
  put(value: number, count: number): number {
    if (count > 0) this.#text += value.toString(2).padStart(count, "0").slice(-count);
    return value;
  }
  /** A field of which nothing depends. */
  any(count: number): void {
    for (let bit = 0; bit < count; bit++) this.put(flag(), 1);
  }
  golomb(value: number): void {
    const digits = (value + 1).toString(2);
    this.#text += "0".repeat(digits.length - 1) + digits;
  }
  get bytes(): Uint8Array {
    return Uint8Array.from(this.#text.match(/.{1,8}/g) ?? [], (byte) =>
      Number.parseInt(byte.padEnd(8, "0"), 2),
    );
  }
}

function writeOperatingPoints(bits: Bits): void {
  let delayBits = 0;
  let hasModel = 0;
  if (bits.put(flag(), 1)) {
    bits.any(64);
    if (bits.put(flag(), 1)) bits.golomb(below(1_000));
    hasModel = bits.put(flag(), 1);
    if (hasModel) {
      delayBits = 1 + bits.put(below(32), 5);
      bits.any(32 + 5 + 5);
    }
  }
  const hasDelay = bits.put(flag(), 1);
  const points = 1 + bits.put(below(3) === 0 ? below(32) : 0, 5);
  for (let point = 0; point < points; point++) {
    bits.any(12);
    if (bits.put(6 + below(4), 5) > 7) bits.any(1);
    if (hasModel && bits.put(flag(), 1)) bits.any(2 * delayBits + 1);
    if (hasDelay && bits.put(flag(), 1)) bits.any(4);
  }
}

function writeTools(bits: Bits): void {
  bits.any(4);
  const hasOrder = bits.put(flag(), 1);
  if (hasOrder) bits.any(2);
  const screenContent = bits.put(flag(), 1) === 1 || bits.put(flag(), 1) === 1;
  if (screenContent && bits.put(flag(), 1) === 0) bits.any(1);
  if (hasOrder) bits.any(3);
}

function writeColour(bits: Bits, profile: number): Omit<SequenceHeader, "width" | "height"> {
  const isDeep = bits.put(flag(), 1);
  const isTwelve = profile === 2 && isDeep === 1 && bits.put(flag(), 1) === 1;
  const bitDepth = isTwelve ? 12 : isDeep ? 10 : 8;
  const isGray = profile !== 1 && bits.put(flag(), 1) === 1;
  const named = below(3) === 0 ? [1, 13, 0] : [below(3) + 1, 12 + below(3), below(2)];
  const [primaries = 2, transfer = 2, matrix = 2] = bits.put(flag(), 1)
    ? named.map((value) => bits.put(value, 8))
    : [];
  const isRgb = !isGray && primaries === 1 && transfer === 13 && matrix === 0;
  const isFullRange = isRgb || bits.put(flag(), 1) === 1;
  const colour = { bitDepth, primaries, transfer, matrix, isFullRange } as const;
  if (isGray) return { ...colour, samplesPerPixel: 1 };
  if (isRgb || profile === 1) return { ...colour, samplesPerPixel: 3 };
  if (profile === 0) return { ...colour, samplesPerPixel: 1.5 };
  if (bitDepth !== 12) return { ...colour, samplesPerPixel: 2 };
  if (bits.put(flag(), 1) === 0) return { ...colour, samplesPerPixel: 3 };
  return { ...colour, samplesPerPixel: bits.put(flag(), 1) ? 1.5 : 2 };
}

function drawHeader(): { readonly bytes: Uint8Array; readonly told: SequenceHeader } {
  const bits = new Bits();
  const profile = bits.put(below(3), 3);
  bits.any(1);
  const isReduced = bits.put(flag(), 1);
  if (isReduced) bits.any(5);
  else writeOperatingPoints(bits);
  const sides = [1 + bits.put(below(16), 4), 1 + bits.put(below(16), 4)];
  const [width = 0, height = 0] = sides.map((count) => 1 + bits.put(below(2 ** count), count));
  if (!isReduced && bits.put(flag(), 1)) bits.any(7);
  bits.any(3);
  if (!isReduced) writeTools(bits);
  bits.any(3);
  return { told: { width, height, ...writeColour(bits, profile) }, bytes: bits.bytes };
}

test("2,000 headers of every kind tell what was written, and are damage a byte earlier", () => {
  for (let round = 0; round < 2_000; round++) {
    const { bytes, told } = drawHeader();
    expect(readSequenceHeader(bytes)).toEqual(told);
    expect(() => readSequenceHeader(bytes.subarray(0, -1))).toThrow("a header is cut off");
  }
});

describe("units of a picture", () => {
  const header = Uint8Array.from(av1SequenceHeader(40, 30));
  const unit = (type: number, ...body: readonly number[]) => [(type << 3) | 2, body.length, ...body];
  const read = (...bytes: readonly number[]) =>
    readAll(Uint8Array.from(bytes), (reader) => readAv1Picture(reader, bytes.length));

  test.each([
    ["no frame counts as one", [], 1],
    ["a frame", [unit(6, 0)], 1],
    ["a frame's header", [unit(3, 0)], 1],
    ["a frame's header and its tiles apart", [unit(3, 0), unit(4, 0)], 1],
    ["four layers", Array(4).fill(unit(6, 0)), 4],
    ["what is neither: padding, metadata, a delimiter", [unit(15, 0), unit(5, 0), unit(2)], 1],
  ])("%s", (_, units, pictures) => {
    expect(read(...header, ...units.flat())).toMatchObject({ width: 40, height: 30, pictures });
  });

  test("more than four pictures are no still", () => {
    expect(() => read(...header, ...Array(5).fill(unit(6, 0)).flat())).toThrow("more pictures than a still");
  });

  test("of several headers the largest counts, side by side, and all are told", () => {
    const told = read(...header, ...av1SequenceHeader(20, 50));
    expect(told).toMatchObject({ width: 40, height: 50 });
    expect(told.headers?.map(({ width, height }) => [width, height])).toEqual([
      [40, 30],
      [20, 50],
    ]);
  });

  test("a unit may have an extension, and the last one no length", () => {
    const [head = 0, ...sized] = header;
    expect(read(head | 4, 0xff, ...sized)).toMatchObject({ width: 40 });
    expect(read(head & ~2, ...sized.slice(1))).toMatchObject({ width: 40 });
    expect(read(...header, 6 << 3, 1, 2, 3)).toMatchObject({ pictures: 1 });
  });

  test("a length has seven bits a byte, in eight bytes at most", () => {
    const long = Array<number>(300).fill(0);
    expect(read(...header, (15 << 3) | 2, 0xac, 0x02, ...long)).toMatchObject({ width: 40 });
    expect(() => read(...header, (15 << 3) | 2, 0xad, 0x02, ...long)).toThrow("reaches past the end");
    const eight = [0x81, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0];
    expect(read(...header, (15 << 3) | 2, ...eight, 0)).toMatchObject({ width: 40 });
    const nine = [0x81, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0];
    expect(() => read(...header, (15 << 3) | 2, ...nine, 0)).toThrow("an impossible length");
  });

  test("without a header there is no picture, and 8,192 units are enough for any", () => {
    expect(() => read(...unit(6, 0))).toThrow("no sequence header");
    expect(() => read()).toThrow("no sequence header");
    const padding = (count: number) => Array(count).fill(unit(15)).flat();
    expect(read(...header, ...padding(8_191))).toMatchObject({ width: 40 });
    expect(() => read(...header, ...padding(8_192))).toThrow("cut into too many pieces");
  });

  test("of a header 512 bytes are read, of which it needs the first", () => {
    const body = [...header.subarray(2), ...Array<number>(600).fill(0)];
    expect(read((1 << 3) | 2, 128 | (body.length & 127), body.length >> 7, ...body)).toMatchObject({
      width: 40,
    });
  });
});
