// GIF out: what is written is what libvips reads back, and only what changed is stored.
import { describe, expect, test } from "vitest";
import type { Pixels } from "../../../workers/src/geometry/pixels.ts";
import { GifEncoder } from "../../../workers/src/render/animation/gif/gif-encoder.ts";
import { seededRandom } from "../../harness/seeded-random.ts";
import { draw, framesBySharp, greatestDifference } from "../../support/moving-pictures.ts";

const clear = [0, 0, 0, 0];
const red = [255, 0, 0, 255];
const blue = [0, 0, 255, 255];
const green = [0, 128, 0, 255];

/** A soft picture with far more than 256 colours. */
const sky = (shift: number) =>
  draw(96, 64, (x, y) => [(x * 2 + shift) % 256, 90 + y * 2, 255 - ((x + y) % 160), 255]);

function encode(frames: readonly Pixels[], { plays = 0, dither = 0, delays = [80] } = {}) {
  const [first] = frames;
  const encoder = new GifEncoder({ width: first?.width ?? 0, height: first?.height ?? 0, plays, dither });
  for (const [i, frame] of frames.entries()) encoder.add(frame, delays[i % delays.length] ?? 0);
  return Uint8Array.from(Buffer.concat([...encoder.finish()]));
}

const meanSquares = (a: Uint8ClampedArray, b: Uint8ClampedArray) =>
  a.reduce((sum, value, i) => sum + (value - (b[i] ?? 0)) ** 2, 0) / a.length;

describe("A GIF that we write", () => {
  test("holds few colours exactly, each frame, delay and play", async () => {
    const frames = [0, 1, 2, 3].map((n) =>
      draw(16, 12, (x) => (x < n * 4 ? red : x % 3 === 0 ? blue : green)),
    );
    const back = await framesBySharp(encode(frames, { plays: 3, delays: [40, 500, 1000, 20] }));
    expect(back.delays).toEqual([40, 500, 1000, 20]);
    expect(back.loop).toBe(3);
    for (const [i, { data }] of frames.entries())
      expect(greatestDifference(data, back.frames[i] ?? data.slice(1)), `frame ${i}`).toBe(0);
  });

  test("plays once without a loop extension, for ever with 0", async () => {
    const two = [draw(2, 2, () => red), draw(2, 2, () => blue)];
    expect((await framesBySharp(encode(two, { plays: 1 }))).loop).toBe(1);
    expect(Buffer.from(encode(two, { plays: 1 })).includes("NETSCAPE")).toBe(false);
    expect((await framesBySharp(encode(two, { plays: 0 }))).loop).toBe(0);
  });

  test("clears what becomes see-through, wherever the last change was", async () => {
    const disc = (cx: number) => (x: number, y: number) => ((x - cx) ** 2 + (y - 8) ** 2 < 20 ? red : clear);
    const corner = (x: number, y: number) => (x === 0 && y === 0 ? blue : disc(6)(x, y));
    const frames = [disc(6), corner, disc(12), () => clear, disc(20), disc(20)].map((colourAt) =>
      draw(24, 16, colourAt),
    );
    const back = await framesBySharp(encode(frames));
    expect(back.frames).toHaveLength(6);
    for (const [i, { data }] of frames.entries())
      expect(greatestDifference(data, back.frames[i] ?? data.slice(1)), `frame ${i}`).toBe(0);
  });

  test("cuts half-transparent pixels at one half", async () => {
    const back = await framesBySharp(encode([draw(2, 1, (x) => [10, 20, 30, x === 0 ? 127 : 128])]));
    expect([...(back.frames[0] ?? [])].filter((_, i) => i % 4 === 3)).toEqual([0, 255]);
  });

  test("keeps the number of frames where nothing changes, at next to no bytes", async () => {
    const still = sky(0);
    const one = encode([still]);
    const five = encode([still, still, still, still, still]);
    expect((await framesBySharp(five)).frames).toHaveLength(5);
    expect(five.length - one.length).toBeLessThan(200);
  });

  test("shows many colours within 36 dB, and dithers where it is told to", async () => {
    const frames = [sky(0), sky(60), sky(120)];
    const flat = await framesBySharp(encode(frames));
    const dithered = await framesBySharp(encode(frames, { dither: 1 }));
    for (const [i, { data }] of frames.entries()) {
      const error = meanSquares(data, flat.frames[i] ?? data.slice(1));
      expect(10 * Math.log10(65025 / error)).toBeGreaterThan(36);
    }
    // Dithering trades a pixel's own error for a right mean: over 8x8 blocks it must come nearer.
    const blockError = (back: typeof flat) =>
      frames.reduce((sum, { data }, i) => sum + meanSquares(blocks(data), blocks(back.frames[i] ?? data)), 0);
    expect(blockError(dithered)).toBeLessThan(blockError(flat));
  });

  test("widens its codes and starts its dictionary again over 300,000 noisy pixels", async () => {
    const random = seededRandom(1);
    const noise = draw(600, 500, () => {
      const step = Math.floor(random() * 200);
      return [step, 255 - step, step >> 1, 255];
    });
    const [back] = (await framesBySharp(encode([noise]))).frames;
    expect(greatestDifference(noise.data, back ?? noise.data.slice(1))).toBe(0);
  });
});

/** Means of 8x8 blocks of a 96x64 picture. */
function blocks(data: Uint8ClampedArray): Uint8ClampedArray {
  const means = new Uint8ClampedArray(12 * 8 * 3);
  for (let i = 0; i < means.length; i++) {
    const [block, channel] = [Math.floor(i / 3), i % 3];
    let sum = 0;
    for (let n = 0; n < 64; n++)
      sum +=
        data[((Math.floor(block / 12) * 8 + (n >> 3)) * 96 + (block % 12) * 8 + (n & 7)) * 4 + channel] ?? 0;
    means[i] = sum / 64;
  }
  return means;
}
