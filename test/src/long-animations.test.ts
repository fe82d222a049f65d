// Moving pictures that are hard to pack: as GIF they go out frame by frame, as WebP they are held, and come smaller where they grow too long.
import { beforeAll, describe, expect, test } from "vitest";
import { GifEncoder } from "../../workers/src/render/animation/gif/gif-encoder.ts";
import { openGif } from "../../workers/src/render/animation/gif/gif-frames.ts";
import { seededRandom } from "../harness/seeded-random.ts";
import { storeImage } from "../support/stored-image.ts";
import { ask } from "./src-request.ts";

const side = 360;
const frameCount = 20;
let path: string;

beforeAll(async () => {
  const random = seededRandom(9);
  const encoder = new GifEncoder({ width: side, height: side, plays: 0, dither: 0 });
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (let frame = 0; frame < frameCount; frame++) {
    const data = Uint8ClampedArray.from({ length: side * side * 4 }, (_, at) =>
      at % 4 === 3 ? 255 : random() * 256,
    );
    encoder.add({ width: side, height: side, data }, 100);
    pieces.push(...encoder.take());
  }
  pieces.push(...encoder.finish());
  ({ path } = await storeImage(await new Blob(pieces).bytes()));
});

describe("noise in motion", () => {
  test("as GIF keeps its size and its frames, however long the file", async () => {
    const answer = await ask(`${path}?w=350&format=gif`);
    expect(answer.status).toBe(200);
    const file = await answer.bytes();
    expect(file.length).toBeGreaterThan(2 << 20);
    const limits = { maxFrames: 1_000, maxMegapixels: 300 };
    const opened = openGif(file, limits, { width: 350, height: 350 });
    expect(opened.ok && opened.value).toMatchObject({ width: 350, height: 350, frameCount });
  });

  test("as WebP comes smaller than it was asked for, in the memory that was planned", async () => {
    const answer = await ask(`${path}?format=webp&q=100`);
    expect(answer.status).toBe(200);
    const file = await answer.bytes();
    const view = new DataView(file.buffer);
    expect(view.getUint32(4, true)).toBe(file.length - 8);
    expect((view.getUint32(24, true) & 0xffffff) + 1).toBeLessThan(side);
    expect(file.length).toBeLessThanOrEqual(1 << 20);
  });
});
