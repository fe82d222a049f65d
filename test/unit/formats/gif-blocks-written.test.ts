// A GIF's blocks, byte by byte as GIF89a has them: what browsers read of times, repeats and colours.
import { expect, test } from "vitest";
import { ByteSink } from "../../../workers/formats/bytes/byte-sink.ts";
import {
  extension,
  writeControl,
  writeDescriptor,
  writePlays,
  writeScreen,
  writeTrailer,
} from "../../../workers/formats/gif/write.ts";

function written(write: (sink: ByteSink) => void): readonly number[] {
  const sink = new ByteSink();
  write(sink);
  return [...sink.take()];
}
const letters = (text: string) => [...Buffer.from(text)];

test.each([1, 2, 8])("a screen of 2^%i colours", (bits) => {
  expect(written((sink) => writeScreen(sink, 0x0102, 0x0304, bits))).toEqual([
    ...letters("GIF89a"),
    ...[2, 1, 4, 3, 0xf0 | (bits - 1), 0, 0],
  ]);
});

test.each([
  ["for ever", 0, [0, 0]],
  ["once", 1, [0, 0]],
  ["twice", 2, [1, 0]],
  ["300 times", 300, [43, 1]],
  ["as often as can be told", 65_536, [255, 255]],
  ["more often", 65_537, [255, 255]],
])("a film that is shown %s", (_, plays, bytes) => {
  expect(written((sink) => writePlays(sink, plays))).toEqual([
    ...[0x21, 0xff, 11],
    ...letters("NETSCAPE2.0"),
    ...[3, 1, ...bytes, 0],
  ]);
});

test.each([
  ["that stays", 100, false, [0x05, 10, 0]],
  ["that is cleared", 100, true, [0x09, 10, 0]],
  ["for half a hundredth, which is one", 5, false, [0x05, 1, 0]],
  ["for less, which is none", 4, false, [0x05, 0, 0]],
  ["for 655.35 seconds", 655_350, false, [0x05, 255, 255]],
  ["for longer", 700_000, false, [0x05, 255, 255]],
])("a frame %s", (_, delayMs, clearsAfter, bytes) => {
  const control = { delayMs, clearsAfter, transparentIndex: 7 };
  expect(written((sink) => writeControl(sink, control))).toEqual([0x21, 0xf9, 4, ...bytes, 7, 0]);
});

test("an image with colours of its own, and one without", () => {
  const box = { x: 1, y: 0x0203, width: 4, height: 5 };
  const place = [0x2c, 1, 0, 3, 2, 4, 0, 5, 0];
  expect(written((sink) => writeDescriptor(sink, box, null))).toEqual([...place, 0]);
  expect(written((sink) => writeDescriptor(sink, box, 8))).toEqual([...place, 0x87]);
});

test("an extension of two blocks, and the end", () => {
  expect([...extension(0xfe, Uint8Array.of(1, 2), Uint8Array.of(3))]).toEqual([0x21, 0xfe, 2, 1, 2, 1, 3, 0]);
  expect(written(writeTrailer)).toEqual([0x3b]);
});
