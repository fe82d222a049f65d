// GIF in: every frame as libvips draws it, and hostile files refused in moments.
import { readFileSync } from "node:fs";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import type { Size } from "../../../schema/facts.ts";
import { readFirstGifFrame } from "../../../workers/src/render/animation/gif/first-frame.ts";
import { openGif } from "../../../workers/src/render/animation/gif/gif-frames.ts";
import { seededRandom } from "../../harness/seeded-random.ts";
import {
  canvasOf,
  collectFrames,
  framesBySharp,
  greatestDifference,
  roomyLimits,
  unwrap,
} from "../../support/moving-pictures.ts";
import { countProcessorTime } from "../../support/processor-time.ts";

const read = (name: string) => new Uint8Array(readFileSync(`test/fixtures/${name}`));

/** A GIF by hand: a 4x4 screen with four colours, and the blocks that the test gives. */
const gif = (...blocks: readonly number[][]) =>
  Uint8Array.from([...header, ...[0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255], ...blocks.flat(), 0x3b]);
const screen = { width: 4, height: 4 };
const header = [...Buffer.from("GIF89a"), 4, 0, 4, 0, 0x81, 0, 0];
/** An image block. The codes: clear (4), then single indices of three bits each, stop (5). */
const frame = (x: number, y: number, width: number, height: number, codes: readonly number[]) => [
  ...[0x2c, x, 0, y, 0, width, 0, height, 0, 0, 2],
  ...[codes.length, ...codes, 0],
];
/** Where a picture is red. */
const redPixels = (data: Uint8ClampedArray, width: number) =>
  Array.from({ length: data.length / 4 }, (_, place) => place)
    .filter((place) => data[place * 4] === 255)
    .map((place) => `${place % width},${Math.floor(place / width)}`);
/** All rows of the first frame. */
async function firstFrame(bytes: Uint8Array, canvas: Size): Promise<Uint8ClampedArray> {
  const data = new Uint8ClampedArray(canvas.width * canvas.height * 4);
  let at = 0;
  for await (const row of unwrap(readFirstGifFrame(bytes, roomyLimits, canvas)).rows) {
    data.set(row, at);
    at += row.length;
  }
  return data;
}
/** clear, 1, stop: one red pixel. */
const onePixel = [0b01_001_100, 0b1];

describe("A GIF is drawn as libvips draws it:", () => {
  test.each(["animation.gif", "disposal.gif"])("%s, every frame, delay and play", async (name) => {
    const bytes = read(name);
    const expected = await framesBySharp(bytes);
    const animation = openGif(bytes, roomyLimits, canvasOf(bytes));
    const frames = await collectFrames(animation);
    expect(frames.map(({ delayMs }) => delayMs)).toEqual(expected.delays);
    expect(unwrap(animation).plays).toBe(expected.loop);
    for (const [i, { data }] of frames.entries())
      expect(greatestDifference(data, expected.frames[i] ?? data.slice(1)), `frame ${i}`).toBe(0);
  });

  test("an interlaced one", async () => {
    // libvips writes no interlace, so the rows of a plain frame are put in interlaced order by hand.
    const rows = [1, 0, 0, 0, 2, 0, 3, 0].map((colour) => [colour]);
    const shown = [0, 4, 2, 6, 1, 3, 5, 7].flatMap((row) => rows[row] ?? []);
    const codes = shown.flatMap((index) => [4, index]).concat(5);
    const bits = codes
      .map((code) => code.toString(2).padStart(3, "0"))
      .reverse()
      .join("");
    const packed = (bits.padStart(Math.ceil(bits.length / 8) * 8, "0").match(/.{8}/g) ?? []).reverse();
    const file = gif([
      0x2c,
      0,
      0,
      0,
      0,
      1,
      0,
      8,
      0,
      0x40,
      2,
      packed.length,
      ...packed.map((byte) => Number.parseInt(byte, 2)),
      0,
    ]);
    file.set([1, 0, 8, 0], 6);
    const [drawn] = await collectFrames(openGif(file, roomyLimits, canvasOf(file)));
    const ours = Array.from({ length: 8 }, (_, y) =>
      [...(drawn?.data.subarray(y * 4, y * 4 + 3) ?? [])].join(),
    );
    expect(ours).toEqual(["255,0,0", "0,0,0", "0,0,0", "0,0,0", "0,255,0", "0,0,0", "0,0,255", "0,0,0"]);
  });

  test("the first frame alone needs none of what follows", async () => {
    const bytes = read("animation.gif");
    const opened = openGif(bytes, roomyLimits, canvasOf(bytes));
    const [first] = await collectFrames(opened);
    expect(await firstFrame(bytes.subarray(0, bytes.length / 2), canvasOf(bytes))).toEqual(first?.data);
    expect(unwrap(opened).frameCount).toBe(12);
  });

  test("without a loop extension it plays once, and a count of n plays n + 1 times", () => {
    const loop = (count: number) => [0x21, 0xff, 11, ...Buffer.from("NETSCAPE2.0"), 3, 1, count, 0, 0];
    const plays = (...blocks: number[][]) =>
      unwrap(openGif(gif(...blocks, frame(0, 0, 1, 1, onePixel)), roomyLimits, screen)).plays;
    expect([plays(), plays(loop(0)), plays(loop(1)), plays(loop(9))]).toEqual([1, 0, 2, 10]);
  });

  test("one whose first frame is larger than its screen has the frame's size; later ones are cut off, or pass unseen", async () => {
    const large = gif(frame(2, 3, 4, 2, onePixel), frame(5, 4, 9, 9, onePixel), frame(9, 9, 1, 1, onePixel));
    expect(canvasOf(large)).toMatchObject({ width: 6, height: 5 });
    const drawn = await collectFrames(openGif(large, roomyLimits, canvasOf(large)));
    expect(drawn.map(({ data }) => redPixels(data, 6))).toEqual([["2,3"], ["2,3", "5,4"], ["2,3", "5,4"]]);
  });

  test.each([0x00, 0x40])(
    "a frame that sticks out, flags %i, is the same picture as one that does not",
    async (flags) => {
      // Every pixel a code of its own, with a clear code often enough that codes stay three bits long.
      const side = 9;
      const indices = Array.from({ length: side * side }, (_, place) => (place * 7 + (place >> 3)) % 4);
      const codes = indices.flatMap((index, place) => (place % 2 === 0 ? [4, index] : [index])).concat(5);
      const bits = codes.map((code) => code.toString(2).padStart(3, "0")).reverse();
      const packed = (
        bits
          .join("")
          .padStart(Math.ceil((codes.length * 3) / 8) * 8, "0")
          .match(/.{8}/g) ?? []
      ).reverse();
      const bytes = packed.map((byte) => Number.parseInt(byte, 2));
      const file = gif([0x2c, 1, 0, 1, 0, side, 0, side, 0, flags, 2, bytes.length, ...bytes, 0]);
      const [whole] = await collectFrames(openGif(file, roomyLimits, { width: 10, height: 10 }));
      const [cut] = await collectFrames(openGif(file, roomyLimits, { width: 7, height: 6 }));
      for (let y = 0; y < 6; y++)
        expect(cut?.data.subarray(y * 28, y * 28 + 28)).toEqual(whole?.data.subarray(y * 40, y * 40 + 28));
      expect(await firstFrame(file, { width: 10, height: 10 })).toEqual(whole?.data);
    },
  );

  test("a missing trailer is forgiven, as is a frame that reaches over the edge", async () => {
    const whole = gif(frame(3, 3, 2, 1, [0b01_001_100, 0b101_0]));
    const frames = await collectFrames(openGif(whole.subarray(0, -1), roomyLimits, screen));
    expect(frames[0]?.data.subarray(60)).toEqual(Uint8ClampedArray.of(255, 0, 0, 255));
  });
});

describe("A hostile GIF is refused, never thrown:", () => {
  const codeOf = (bytes: Uint8Array, limits = roomyLimits) => {
    const opened = openGif(bytes, limits, canvasOf(bytes));
    if (!opened.ok) return opened.error.code;
    const frames = opened.value.frames();
    if (!(Symbol.iterator in frames)) return "asynchronous";
    for (const drawn of frames) if (!drawn.ok) return drawn.error.code;
    return "fine";
  };

  test.each([
    ["no GIF at all", Uint8Array.of(1, 2, 3), "damaged"],
    ["a header alone", Uint8Array.from(Buffer.from("GIF89a")), "truncated"],
    ["no frame", gif(), "damaged"],
    ["no size", Uint8Array.from([...Buffer.from("GIF89a"), 0, 0, 0, 0, 0, 0, 0]), "damaged"],
    ["impossible codes", gif(frame(0, 0, 4, 4, [0b11_111_100, 0xff])), "damaged"],
    ["codes that run out before the first row", gif(frame(0, 0, 4, 4, [0b01_001_100])), "truncated"],
    ["an unknown block before any frame", gif([0x99]), "damaged"],
    ["an end inside the first row", gif(frame(0, 0, 4, 4, onePixel)).subarray(0, -4), "damaged"],
    ["an end inside an extension", gif([0x21, 0xf9, 4, 0]), "damaged"],
  ])("%s", (_, bytes, code) => {
    expect(codeOf(bytes)).toBe(code);
  });

  test("10,000 frames, and frames of a huge canvas, within moments", () => {
    const many = gif(...Array.from({ length: 10_000 }, () => frame(0, 0, 1, 1, onePixel)));
    const huge = gif(frame(0, 0, 1, 1, onePixel));
    huge.set([255, 255, 255, 255], 6);
    const wide = gif([...frame(0, 0, 1, 1, onePixel)]);
    wide.set([255, 255, 255, 255], 13 + 12 + 5);
    const milliseconds = countProcessorTime();
    expect(codeOf(many)).toBe("too-large");
    expect(codeOf(huge)).toBe("too-large");
    expect(codeOf(wide)).toBe("too-large");
    expect(milliseconds()).toBeLessThan(500);
  });

  test("400 seeded mutations of a file end in frames or a refusal", async () => {
    const original = read("disposal.gif");
    const next = seededRandom(7);
    const random = (below: number) => Math.floor(next() * below);
    const codes = new Set<string>();
    for (let round = 0; round < 400; round++) {
      const bytes = original.slice(0, random(10) === 0 ? random(original.length) : original.length);
      for (let hit = 0; hit < 4; hit++) bytes[random(bytes.length)] = random(256);
      codes.add(codeOf(bytes));
    }
    expect([...codes].sort()).toEqual(["damaged", "fine"]);
  });

  test("sharp's own file is the control", async () => {
    const file = await sharp({ create: { width: 4, height: 4, channels: 3, background: "red" } })
      .gif()
      .toBuffer();
    expect(codeOf(file)).toBe("fine");
  });
});
