// The reader under every walker: whatever pieces a file comes in, it says where it is, what it waits for, and where the file ends too early.
import { describe, expect, test } from "vitest";
import { BitReader } from "../../../workers/formats/bytes/bit-reader.ts";
import {
  ByteReader,
  finish,
  joined,
  type Reading,
  readAll,
} from "../../../workers/formats/bytes/byte-reader.ts";
import { ByteSink } from "../../../workers/formats/bytes/byte-sink.ts";

const file = Uint8Array.from({ length: 10 }, (_, index) => index);
const tooEarly = "the file ends too early";

/** What a reading answers of the file in pieces of this length, and how many bytes it had wanted at each rest. */
function inPieces<T>(length: number, read: (reader: ByteReader) => Reading<T>) {
  const reader = new ByteReader();
  const reading = read(reader);
  const wanted: number[] = [];
  let step = reading.next();
  for (let at = 0; !step.done && at < file.length; at += length) {
    wanted.push(reader.wanted);
    reader.feed(file.subarray(at, at + length));
    step = reading.next();
  }
  if (!step.done) {
    reader.end();
    step = reading.next();
  }
  if (!step.done) throw new Error("it waits for what has ended");
  return { value: step.value, wanted, reader };
}

describe("in pieces of any length", () => {
  test.each([1, 2, 3, 4, 7, 10])("of %i bytes a walk finds the same", (length) => {
    const { value, reader } = inPieces(length, function* (reader) {
      const told: unknown[] = [];
      const note = (what: unknown) => told.push(what, reader.position);
      note(yield* reader.byte());
      note([...(yield* reader.peek(3))]);
      note([...(yield* reader.take(2))]);
      yield* reader.skip(0);
      yield* reader.skip(1);
      yield* reader.need(2);
      note([reader.at(0), reader.at(1), reader.left >= 2]);
      note([...reader.now(1)]);
      note((yield* reader.view(2)).getUint16(0));
      note([...(yield* reader.keep(1))]);
      note([...(yield* reader.takeUpTo(5))]);
      note([...(yield* reader.takeUpTo(5))]);
      note(yield* reader.rest());
      return told;
    });
    expect(value).toEqual([
      ...[0, 1, [1, 2, 3], 1, [1, 2], 3],
      ...[[4, 5, true], 4, [4], 5, 0x0506, 7, [7], 8, [8, 9], 10, [], 10, null, 10],
    ]);
    expect(reader.left).toBe(0);
  });

  test("what is at hand of the next bytes is taken, at least one", () => {
    const { value } = inPieces(4, function* (reader) {
      const sizes: number[] = [];
      for (const most of [3, 3, 100, 1, 1]) sizes.push((yield* reader.takeSome(most)).length);
      return [sizes, reader.position];
    });
    expect(value).toEqual([[3, 1, 4, 1, 1], 10]);
  });
});

describe("it says what it waits for", () => {
  test.each<[what: string, read: (reader: ByteReader) => Reading<unknown>, wanted: number]>([
    ["a byte", (reader) => reader.byte(), 1],
    ["a rest", (reader) => reader.rest(), 1],
    ["four to need", (reader) => reader.need(4), 4],
    ["four to take", (reader) => reader.take(4), 4],
    ["four to keep", (reader) => reader.keep(4), 4],
    ["four to look at", (reader) => reader.peek(4), 4],
    ["four to skip", (reader) => reader.skip(4), 4],
    ["up to four", (reader) => reader.takeUpTo(4), 4],
  ])("%s", (_, read, wanted) => expect(inPieces(1, read).wanted).toEqual(Array(wanted).fill(wanted)));

  test("behind what it has read", () => {
    const { wanted } = inPieces(2, function* (reader) {
      yield* reader.skip(3);
      yield* reader.take(4);
    });
    expect(wanted).toEqual([3, 3, 7, 7]);
  });
});

describe("a file that ends too early", () => {
  test.each<[what: string, read: (reader: ByteReader, count: number) => Reading<unknown>]>([
    ["needed", (reader, count) => reader.need(count)],
    ["taken", (reader, count) => reader.take(count)],
    ["kept", (reader, count) => reader.keep(count)],
    ["viewed", (reader, count) => reader.view(count)],
    ["skipped", (reader, count) => reader.skip(count)],
  ])("is damage where a byte more is %s than it has, and not for all it has", (_, read) => {
    expect(() => inPieces(4, (reader) => read(reader, 11))).toThrow(tooEarly);
    expect(() => readAll(file, (reader) => read(reader, 11))).toThrow(tooEarly);
    expect(() => inPieces(4, (reader) => read(reader, 10))).not.toThrow();
    expect(() => readAll(file, (reader) => read(reader, 10))).not.toThrow();
  });

  test("has nothing behind its end", () => {
    const behind = function* (reader: ByteReader, then: (reader: ByteReader) => Reading<unknown>) {
      yield* reader.skip(10);
      return yield* then(reader);
    };
    expect(() => readAll(file, (reader) => behind(reader, (one) => one.byte()))).toThrow(tooEarly);
    expect(() => readAll(file, (reader) => behind(reader, (one) => one.takeSome(1)))).toThrow(tooEarly);
    expect(readAll(file, (reader) => behind(reader, (one) => one.rest()))).toBeNull();
  });

  test("is cut off only where more was wanted than it holds", () => {
    const cutAt = (count: number, isOver: boolean) => {
      const reader = new ByteReader();
      reader.feed(file);
      if (isOver) reader.end();
      reader.takeUpTo(count).next();
      return reader.isCutOff;
    };
    expect([cutAt(10, true), cutAt(11, true), cutAt(11, false)]).toEqual([false, true, false]);
  });
});

test("the place of bytes at hand is told, and whether a place holds the same", () => {
  const reader = new ByteReader();
  reader.feed(file.subarray(0, 4));
  reader.skip(4).next();
  const piece = file.slice(4, 8);
  reader.feed(piece);
  const bytes = reader.now(2);
  expect(reader.placeOf(bytes)).toBe(4);
  expect(reader.placeOf(piece.subarray(2))).toBe(6);
  expect(reader.placeOf(piece.slice())).toBeNull();
  expect(reader.placeOf(new Uint8Array(piece.buffer, 0, 0))).toBe(4);
  expect(reader.has(4, Uint8Array.of(4, 5, 6, 7))).toBe(true);
  expect(reader.has(4, Uint8Array.of(4, 5, 6, 7, 8))).toBe(false);
  expect(reader.has(5, Uint8Array.of(5, 7))).toBe(false);
  expect(reader.has(3, Uint8Array.of(3))).toBe(false);
});

test("a place is not told of bytes before those at hand, or behind them", () => {
  const reader = new ByteReader();
  reader.feed(file.subarray(2, 6));
  expect(reader.placeOf(file.subarray(2, 6))).toBe(0);
  expect(reader.placeOf(file.subarray(1, 3))).toBeNull();
  expect(reader.placeOf(file.subarray(5, 7))).toBeNull();
});

test("what is left of a chunk outlives it once it has memory of its own", () => {
  const reader = new ByteReader();
  const chunk = file.slice(0, 5);
  reader.feed(chunk);
  reader.now(2);
  reader.own();
  chunk.fill(99);
  expect([reader.position, reader.left]).toEqual([2, 3]);
  reader.feed(file.subarray(5));
  reader.end();
  expect([...finish(reader.take(8))]).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
});

test("what was kept is good for ever, whatever becomes of its chunk", () => {
  const reader = new ByteReader();
  const chunk = file.slice();
  reader.feed(chunk);
  const kept = finish(reader.keep(3));
  chunk.fill(99);
  expect([...kept]).toEqual([0, 1, 2]);
  expect([...joined(file.subarray(0, 2), new Uint8Array(0), file.subarray(8))]).toEqual([0, 1, 8, 9]);
});

test("a reading that wants more than there is has not ended", () => {
  const reader = new ByteReader();
  expect(() => finish(reader.byte())).toThrow(tooEarly);
});

describe("bits", () => {
  const bits = (...bytes: readonly number[]) => new BitReader(Uint8Array.from(bytes));

  test("come most significant first, across bytes, up to 32 at once", () => {
    const reader = bits(0b1010_0110, 0xff, 0x80, 0, 0x01, 0xf0);
    expect([reader.bits(0), reader.bits(1), reader.flag(), reader.bits(2)]).toEqual([0, 1, false, 0b10]);
    reader.skip(2);
    expect(reader.bits(3)).toBe(0b101);
    expect(bits(0xff, 0xff, 0xff, 0xfe).bits(32)).toBe(0xffff_fffe);
  });

  test.each([
    [0, [0b1000_0000]],
    [1, [0b0100_0000]],
    [2, [0b0110_0000]],
    [6, [0b0011_1000]],
    [255, [0, 0b1000_0000, 0]],
    [0xffff_fffe, [0, 0, 0, 1, 0xff, 0xff, 0xff, 0xfe]],
  ])("tell %i as an Exp-Golomb number", (value, bytes) => expect(bits(...bytes).golomb()).toBe(value));

  test("end too early, or never", () => {
    const reader = bits(0xff);
    expect(reader.bits(8)).toBe(255);
    expect(() => reader.bits(1)).toThrow("a header is cut off");
    expect(() => bits(0, 0, 0, 0, 0x80, 0, 0, 0, 0).golomb()).toThrow("a number in a header is too long");
  });
});

test("a sink takes numbers little endian, as many bytes as come, and gives them once", () => {
  const sink = new ByteSink();
  sink.text("GIF");
  sink.byte(0x1ff);
  sink.word(0x0102);
  sink.triple(0x030405);
  sink.long(0xfffefdfc);
  sink.append(Uint8Array.of(7, 8));
  sink.patch(0, 9);
  const all = [9, 0x49, 0x46, 0xff, 2, 1, 5, 4, 3, 0xfc, 0xfd, 0xfe, 0xff, 7, 8];
  expect([...sink.take()]).toEqual(all);
  sink.patchLong(3, 0x87654321);
  expect([...sink.drain()]).toEqual([...all.slice(0, 3), 0x21, 0x43, 0x65, 0x87, ...all.slice(7)]);
  expect(sink.length).toBe(0);
  const long = Uint8Array.from({ length: 10_000 }, (_, index) => index);
  for (let at = 0; at < long.length; at += 37) sink.append(long.subarray(at, at + 37));
  sink.append(long);
  for (let count = 0; count < 30_000; count++) sink.byte(count);
  const taken = sink.take();
  expect(taken).toHaveLength(50_000);
  expect(taken.subarray(0, 20_000)).toEqual(joined(long, long));
  expect(taken.subarray(20_000).every((byte, index) => byte === (index & 255))).toBe(true);
});
