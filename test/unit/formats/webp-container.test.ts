// Animated WebP, in and out: the container is ours, the frames are stills for a codec that is handed in.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Pixels } from "../../../workers/src/geometry/pixels.ts";
import type { AnimationLimits } from "../../../workers/src/plan/animation-limits.ts";
import { WebpAnimationEncoder } from "../../../workers/src/render/animation/webp/webp-encoder.ts";
import { openWebp, readFirstWebpFrame } from "../../../workers/src/render/animation/webp/webp-frames.ts";
import { seededRandom } from "../../harness/seeded-random.ts";
import {
  canvasOf,
  collectFrames,
  draw,
  framesBySharp,
  greatestDifference,
  roomyLimits,
  stillWebp,
  unwrap,
} from "../../support/moving-pictures.ts";

const animationFile = new Uint8Array(readFileSync("test/fixtures/animation.webp"));
const open = (bytes: Uint8Array, limits: AnimationLimits = roomyLimits, canvas = canvasOf(bytes)) =>
  openWebp(bytes, limits, canvas, stillWebp.decode);
/** With the canvas of the file that was damaged. */
const openDamaged = (bytes: Uint8Array) => open(bytes, roomyLimits, canvasOf(animationFile));

async function encode(frames: readonly Pixels[], plays: number, delays: readonly number[]) {
  const [first] = frames;
  const options = { width: first?.width ?? 0, height: first?.height ?? 0, plays, mostBytes: 1e7 };
  const encoder = new WebpAnimationEncoder(options, stillWebp.encode);
  for (const [i, frame] of frames.entries()) await encoder.add(frame, delays[i] ?? 0);
  return Uint8Array.from(Buffer.concat([...encoder.finish()]));
}

describe("An animated WebP in", () => {
  test("is drawn as libvips draws it, with delays and plays", async () => {
    const expected = await framesBySharp(animationFile);
    const animation = open(animationFile);
    const frames = await collectFrames(animation);
    expect(frames.map(({ delayMs }) => delayMs)).toEqual(expected.delays);
    expect(unwrap(animation)).toMatchObject({ width: 240, height: 180, frameCount: 12, plays: 3 });
    // libvips blends on premultiplied integers; one level is rounding.
    for (const [i, { data }] of frames.entries())
      expect(greatestDifference(data, expected.frames[i] ?? data.slice(1)), `frame ${i}`).toBeLessThanOrEqual(
        1,
      );
  });

  test("gives its first frame without looking at the rest", async () => {
    const half = animationFile.subarray(0, animationFile.length / 2);
    const first = await readFirstWebpFrame(half, roomyLimits, canvasOf(half), stillWebp.decode);
    expect(unwrap(first).pixels.width).toBe(240);
  });

  test("may be a still: one frame, played once", async () => {
    const still = new Uint8Array(await stillWebp.encode(draw(5, 3, () => [1, 2, 3, 200])));
    const animation = open(still);
    expect(unwrap(animation)).toMatchObject({ width: 5, height: 3, frameCount: 1, plays: 1 });
    expect([...((await collectFrames(animation))[0]?.data.subarray(0, 4) ?? [])]).toEqual([1, 2, 3, 200]);
  });

  test("is refused over the limits before a frame is decoded", () => {
    const codeAt = (limits: AnimationLimits) => {
      const opened = open(animationFile, limits);
      return opened.ok ? "fine" : opened.error.code;
    };
    expect(codeAt({ maxFrames: 11, maxMegapixels: 200 })).toBe("too-large");
    expect(codeAt({ maxFrames: 12, maxMegapixels: 0.5 })).toBe("too-large");
    expect(codeAt({ maxFrames: 12, maxMegapixels: 0.52 })).toBe("fine");
  });

  test("ends where it was cut, and where a frame is broken", async () => {
    expect(unwrap(open(animationFile.subarray(0, -100))).frameCount).toBe(11);
    let decoded = 0;
    const decode = async (file: Uint8Array) => (++decoded === 3 ? null : stillWebp.decode(file));
    const opened = openWebp(animationFile, roomyLimits, canvasOf(animationFile), decode);
    expect(await collectFrames(opened)).toHaveLength(2);
  });

  test("is refused when a frame lies about its size, and never throws when mutated", async () => {
    expect(open(Uint8Array.of(1, 2, 3))).toMatchObject({ ok: false, error: { code: "damaged" } });
    const frameAt = Buffer.from(animationFile).indexOf("ANMF");
    const lying = animationFile.slice();
    lying[frameAt + 8 + 6] = 9;
    expect(openDamaged(lying)).toMatchObject({
      ok: false,
      error: { message: "a picture in it is not of the size that it claims" },
    });
    const outside = animationFile.slice();
    outside[frameAt + 8] = 200;
    expect(openDamaged(outside)).toMatchObject({
      ok: false,
      error: { message: "a frame reaches out of the canvas" },
    });

    const random = seededRandom(3);
    for (let round = 0; round < 60; round++) {
      const bytes = animationFile.slice();
      for (let hit = 0; hit < 3; hit++) bytes[Math.floor(random() * 400)] = random() * 256;
      const opened = openDamaged(bytes);
      if (opened.ok) for await (const frame of opened.value.frames()) expect(typeof frame.ok).toBe("boolean");
    }
  });
});

describe("An animated WebP out", () => {
  const disc = (cx: number) =>
    draw(33, 21, (x, y) =>
      (x - cx) ** 2 + (y - 10) ** 2 < 30 ? [250, 120, 10, x < cx ? 255 : 90] : [0, 0, 0, 0],
    );

  test("is read back by libvips and by us: alpha, odd boxes, frames without change, delays, plays", async () => {
    const frames = [disc(5), disc(12), disc(12), disc(25)];
    const file = await encode(frames, 4, [40, 70, 1000, 15]);
    const bySharp = await framesBySharp(file);
    expect(bySharp).toMatchObject({ delays: [40, 70, 1000, 15], loop: 4, width: 33 });
    const ours = await collectFrames(open(file));
    for (const [i, { data }] of frames.entries()) {
      expect(greatestDifference(data, bySharp.frames[i] ?? data.slice(1)), `frame ${i} by libvips`).toBe(0);
      expect(greatestDifference(data, ours[i]?.data ?? data.slice(1)), `frame ${i} by us`).toBe(0);
    }
  });

  test("stores only the box that changed", async () => {
    const random = seededRandom(1);
    const noise = draw(200, 100, () => {
      return [random() * 256, random() * 256, random() * 256, 255];
    });
    const dotted = { ...noise, data: noise.data.slice() };
    dotted.data.set([1, 2, 3, 255], (50 * 200 + 101) * 4);
    const one = await encode([noise], 0, [100]);
    const two = await encode([noise, dotted], 0, [100, 100]);
    expect(two.length - one.length).toBeLessThan(100);
    const at = (50 * 200 + 101) * 4;
    const [, second = noise.data] = (await framesBySharp(two)).frames;
    expect([...second.subarray(at, at + 4)]).toEqual([1, 2, 3, 255]);
  });
});
