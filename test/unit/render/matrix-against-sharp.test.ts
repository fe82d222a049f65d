// Every kind of source, through every transform, into every format: rendered by the engine in a raw workerd, and held
// against what sharp makes of the same file.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Pixels } from "../../../workers/src/geometry/pixels.ts";
import type { RunningWorker } from "../../harness/host/workerd.ts";
import { edgepixWorker, send, startEngine, taskFor } from "../../harness/measure/engine-worker.ts";
import { farthest, pixelAt } from "../../support/drawing.ts";
import { framesOf, likeness, structure, transformed } from "../../support/matrix/likeness.ts";
import {
  motion,
  movingSources,
  orientations,
  stillSources,
  writeSources,
} from "../../support/matrix/sources.ts";
import { effects, geometry, type Transform, trimmed } from "../../support/matrix/transforms.ts";

let folder: string;
let worker: RunningWorker;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "edgepix-matrix-"));
  await writeSources(folder);
  worker = await startEngine(edgepixWorker, { photos: folder });
});
afterAll(async () => {
  await worker?.stop();
  await rm(folder, { recursive: true });
});

type Output = "jpg" | "png" | "webp" | "avif" | "gif";
type Case = readonly [source: string, name: string, output: Output, transform: Transform];

const casesOf = (
  sources: readonly string[],
  transforms: Readonly<Record<string, Transform>>,
  outputs: readonly Output[],
): Case[] =>
  sources.flatMap((source) =>
    Object.entries(transforms).flatMap(([name, transform]) =>
      outputs.map((output): Case => [source, name, output, transform]),
    ),
  );

const still = Object.keys(stillSources);
const turned = orientations.map((orientation) => `orientation-${orientation}.jpg`);
const moving = Object.keys(movingSources);
/** Nothing would be gained: what could only be written as it is stays that. */
const isLeftAsItIs = ([source, name, output]: Case) =>
  name === "plain" && (output === "png" || output === "gif") && source.endsWith(`.${output}`);

const cases: readonly Case[] = [
  ...casesOf(still, geometry, ["jpg", "png", "webp", "avif"]),
  ...casesOf([...still, ...turned], effects, ["png"]),
  ...casesOf(turned, geometry, ["png"]),
  ...casesOf(moving, { ...geometry, ...effects }, ["gif", "webp"]),
  ...casesOf(["framed.png"], { trimmed }, ["png"]),
].filter((each) => !isLeftAsItIs(each));

test.each(cases)(
  "%s through %s into %s looks as sharp makes it",
  async (source, _name, output, transform) => {
    const file = await render(source, transform, output);
    const frames = await framesOf(file);
    const originals = await originalFrames(source);
    expect(frames.length).toBe(originals.length);
    for (const [at, original] of originals.entries()) {
      const frame = frames[at] ?? original;
      const expected = await transformed(original, transform, output === "jpg");
      expect([frame.width, frame.height]).toEqual([expected.width, expected.height]);
      const { mean, worst } = await likeness(frame, expected);
      expect(mean).toBeLessThan(1.5);
      expect(worst).toBeLessThan(16);
      if (transform.leastSsim) expect(structure(frame, expected)).toBeGreaterThan(transform.leastSsim);
      if (at === 0) expectPlaces(frame, transform, source);
    }
    if (frames.length > 1) {
      const { delay, loop } = await sharp(file).metadata();
      expect({ delay, loop }).toEqual(motion);
    }
  },
);

/** Inks can't print every colour of a screen, yet none comes near another tile's. */
const inkTolerance = 70;

function expectPlaces(frame: Pixels, { places = [] }: Transform, source: string): void {
  // A grey picture has none of these colours.
  if (source.startsWith("gray")) return;
  for (const [x, y, colour] of places) {
    const apart = farthest([pixelAt(frame, x, y)], [colour]);
    expect([x, y, apart < (source.startsWith("cmyk") ? inkTolerance : 8)]).toEqual([x, y, true]);
  }
}

/** Only engines that know no image URLs read it. */
const unused = { width: 1, height: 1, format: "jpg", quality: 90 } as const;

/** `quality` is always named, so that a JPEG or WebP is not answered as it came. */
async function render(source: string, { query }: Transform, output: Output): Promise<Uint8Array> {
  const task = await taskFor(join(folder, source), `${query}&format=${output}&quality=92`, unused);
  return (await send(worker, { repeats: 1, task })).bytes;
}

const known = new Map<string, Promise<Pixels[]>>();

function originalFrames(source: string): Promise<Pixels[]> {
  const frames = known.get(source) ?? framesOf(join(folder, source));
  known.set(source, frames);
  return frames;
}
