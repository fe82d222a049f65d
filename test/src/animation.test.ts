// Moving pictures through the Worker's own codecs and kernel: shaped frame by frame, into the other format and back.

import { describe, expect, test } from "vitest";
import { readImageFacts } from "../../workers/shared/image-facts.ts";
import type { Pixels } from "../../workers/src/geometry/pixels.ts";
import { noPlan } from "../../workers/src/plan/caps.ts";
import { type AnimatedFormat, animate, animations } from "../../workers/src/render/codecs/animations.ts";
import { gifReader, gifWriter } from "../../workers/src/render/codecs/gif.ts";
import { HeldFile } from "../harness/held-file.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { storeImage } from "../support/stored-image.ts";
import { ask, heldBytes } from "./src-request.ts";

const limits = { maxFrames: 500, maxMegapixels: 100 };
const wanted = {
  stored: { width: 240, height: 180 },
  turn: 1,
  window: { x: 0, y: 0, width: 240, height: 180 },
  content: { width: 120, height: 90 },
} as const;

interface Shown {
  readonly delays: number[];
  readonly plays: number;
  readonly frames: Uint8ClampedArray[];
}

/** Small files are judged at their end. */
function canvasOf(file: Uint8Array) {
  const read = readImageFacts(file, file.length);
  if (read.kind !== "image") throw new Error(`The test's file is no image: ${read.kind}`);
  return read.facts;
}

async function show(format: AnimatedFormat, file: Uint8Array<ArrayBuffer>): Promise<Shown> {
  const animation = animations[format].open(file, limits, canvasOf(file));
  const shown: Shown = { delays: [], plays: animation.plays, frames: [] };
  for await (const frame of animation.frames()) {
    if (!frame.ok) throw new Error(frame.error.message);
    shown.delays.push(frame.value.delayMs);
    shown.frames.push(frame.value.pixels.data.slice());
  }
  return shown;
}

function meanDifference(a: Uint8ClampedArray, b: Uint8ClampedArray): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? 0)), 0) / a.length;
}

describe("An animation comes at half its size:", () => {
  test.each([
    ["gif", "gif"],
    ["gif", "webp"],
    ["webp", "gif"],
    ["webp", "webp"],
  ] as const)("%s to %s, with its frames, delays and plays", async (from, to) => {
    const file = await fixtureBytes(`animation.${from}`);
    const before = await show(from, file);
    const asked = {
      from,
      to,
      wanted,
      canvas: wanted.content,
      limits,
      options: { quality: 90 },
      caps: noPlan,
    } as const;
    const halves: Pixels[] = [];
    const keep = async (frame: Pixels) => {
      halves.push({ ...frame, data: frame.data.slice() });
      return frame;
    };
    const made = new HeldFile();
    await animate(heldBytes(file), asked, keep, made.write);
    const after = await show(to, made.whole());
    expect(after.delays).toEqual(before.delays);
    expect(after.plays).toBe(before.plays);
    expect(after.frames).toHaveLength(halves.length);
    for (const [i, { data }] of halves.entries())
      expect(meanDifference(data, after.frames[i] ?? data.slice(1)), `frame ${i}`).toBeLessThan(4);
  });
});

test("a GIF's first frame comes alone, and a still GIF goes out", async () => {
  const frame = await gifReader.decode(heldBytes(await fixtureBytes("animation.gif")), wanted);
  expect([frame.width, frame.height]).toEqual([120, 90]);
  const held = new HeldFile();
  await gifWriter.encode(frame, { quality: null }, held.write);
  const still = held.whole();
  const shown = await show("gif", still);
  expect(shown.frames).toHaveLength(1);
  expect(meanDifference(frame.data, shown.frames[0] ?? frame.data.slice(1))).toBeLessThan(3);
});

test("every frame of a film is retouched, and none loses its delay", async () => {
  const file = await fixtureBytes("animation.webp");
  const { path } = await storeImage(file);
  const of = async (query: string) => {
    const answer = await ask(`${path}?w=120&format=webp&quality=95&${query}`);
    return show("webp", Uint8Array.from(await answer.bytes()));
  };
  const [plain, dark] = [await of(""), await of("exposure=-3&texture=20&vignette=20&grain=5")];
  expect(dark.delays).toEqual(plain.delays);
  const light = (frame: Uint8ClampedArray) =>
    frame.reduce((sum, value, at) => sum + (at % 4 === 3 ? 0 : value), 0);
  const shares = plain.frames.map((frame, at) => light(dark.frames[at] ?? frame) / light(frame));
  expect(Math.max(...shares)).toBeLessThan(0.6);
});

test("an animation over its limits is refused as the codecs refuse", async () => {
  const file = await fixtureBytes("animation.gif");
  expect(() => animations.gif.open(file, { maxFrames: 5, maxMegapixels: 100 }, canvasOf(file))).toThrow(
    "more than 5 frames",
  );
});
