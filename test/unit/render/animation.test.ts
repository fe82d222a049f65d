// A moving picture through a transform into another format: frames, delays and plays arrive.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Pixels } from "../../../workers/src/geometry/pixels.ts";
import { Canvas } from "../../../workers/src/render/animation/canvas.ts";
import { GifEncoder } from "../../../workers/src/render/animation/gif/gif-encoder.ts";
import { openGif } from "../../../workers/src/render/animation/gif/gif-frames.ts";
import { transformFrames } from "../../../workers/src/render/animation/transform-frames.ts";
import { WebpAnimationEncoder } from "../../../workers/src/render/animation/webp/webp-encoder.ts";
import { openWebp } from "../../../workers/src/render/animation/webp/webp-frames.ts";
import { HeldFile } from "../../harness/held-file.ts";
import {
  canvasOf,
  draw,
  framesBySharp,
  roomyLimits,
  stillWebp,
  unwrap,
} from "../../support/moving-pictures.ts";

const read = (name: string) => new Uint8Array(readFileSync(`test/fixtures/${name}`));

/** Every second pixel of every second row. */
const half = (canvas: Pixels) =>
  draw(canvas.width >> 1, canvas.height >> 1, (x, y) => {
    const at = (y * 2 * canvas.width + x * 2) * 4;
    return [...canvas.data.subarray(at, at + 4)];
  });

describe("Frames through a transform", () => {
  test("GIF to WebP keeps frames, delays and plays", async () => {
    const animation = unwrap(openGif(read("disposal.gif"), roomyLimits, canvasOf(read("disposal.gif"))));
    const size = { width: animation.width >> 1, height: animation.height >> 1, plays: animation.plays };
    const encoder = new WebpAnimationEncoder({ ...size, mostBytes: 1e6 }, stillWebp.encode);
    const file = new HeldFile();
    unwrap(await transformFrames(animation, half, encoder, file.write));
    const before = await framesBySharp(read("disposal.gif"));
    const after = await framesBySharp(file.whole());
    expect(after.delays).toEqual(before.delays);
    expect(after.loop).toBe(before.loop);
    expect(after.width).toBe(32);
  });

  test("WebP to GIF keeps frames, delays and plays", async () => {
    const animation = unwrap(
      openWebp(read("animation.webp"), roomyLimits, canvasOf(read("animation.webp")), stillWebp.decode),
    );
    const encoder = new GifEncoder({ width: 120, height: 90, plays: animation.plays, dither: 0.5 });
    const file = new HeldFile();
    unwrap(await transformFrames(animation, half, encoder, file.write));
    const after = await framesBySharp(file.whole());
    const before = await framesBySharp(read("animation.webp"));
    expect(after.delays).toEqual(before.delays);
    expect(after.loop).toBe(3);
    expect(after.frames).toHaveLength(12);
  });

  test("a frame that can't be read to its end is the last one, as far as it goes", async () => {
    const bytes = read("animation.gif");
    const cut = unwrap(openGif(bytes, roomyLimits, canvasOf(bytes)));
    // The structure was read before the damage: LZW codes that make no sense, in a frame far behind.
    bytes.fill(0xff, Math.floor(bytes.length * 0.7), Math.floor(bytes.length * 0.7) + 200);
    const encoder = new GifEncoder({ width: cut.width, height: cut.height, plays: 0, dither: 0 });
    const file = new HeldFile();
    unwrap(await transformFrames(cut, (canvas) => canvas, encoder, file.write));
    const { frames } = await framesBySharp(file.whole());
    expect(frames.length).toBeGreaterThan(6);
    expect(frames.length).toBeLessThan(12);
  });
});

describe("The canvas", () => {
  test("blends straight alpha over straight alpha", () => {
    const canvas = new Canvas(3, 1);
    canvas.blend(
      0,
      0,
      draw(3, 1, (x) => (x === 0 ? [0, 0, 0, 0] : [0, 0, 200, x === 1 ? 255 : 128])),
    );
    canvas.blend(
      0,
      0,
      draw(3, 1, () => [200, 0, 0, 128]),
    );
    expect([...canvas.pixels.data.subarray(0, 4)]).toEqual([200, 0, 0, 128]);
    expect([...canvas.pixels.data.subarray(4, 8)]).toEqual([100, 0, 100, 255]);
    expect([...canvas.pixels.data.subarray(8, 12)]).toEqual([134, 0, 66, 192]);
  });

  test("draws only what lies on it", () => {
    const canvas = new Canvas(2, 2);
    canvas.blend(
      -1,
      -1,
      draw(2, 2, () => [9, 9, 9, 255]),
    );
    canvas.blend(
      5,
      5,
      draw(2, 2, () => [9, 9, 9, 255]),
    );
    expect([...canvas.words].map((word) => word !== 0)).toEqual([true, false, false, false]);
  });
});
