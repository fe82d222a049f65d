// What a job has read and made is given back when it ends, and what lies beside a picture is not copied into its decoder.
import { describe, expect, test } from "vitest";
import { release } from "../../workers/src/geometry/pixels.ts";
import { capOf } from "../../workers/src/plan/caps.ts";
import { codecs } from "../../workers/src/render/codecs/index.ts";
import { whileReading } from "../../workers/src/render/lent-file.ts";
import { quadrants } from "../support/drawing.ts";
import { fileOf } from "../support/noise.ts";
import { heldBytes } from "./src-request.ts";

const MiB = 1024 * 1024;

describe("a whole file of 2 MiB", () => {
  const bytes = heldBytes(new Uint8Array(2 * MiB));

  test("is there while its job reads it, and gone when that has ended", async () => {
    const { file, length } = await whileReading(bytes, async (lent) => {
      const file = await lent.whole();
      return { file, length: file.length };
    });
    expect(length).toBe(2 * MiB);
    expect(file.buffer.detached).toBe(true);
  });

  test("is gone when its job has failed, too", async () => {
    const read: Uint8Array[] = [];
    const failing = whileReading(bytes, async (lent) => {
      read.push(await lent.whole());
      throw new Error("damaged");
    });
    await expect(failing).rejects.toThrow("damaged");
    expect(read.map(({ length }) => length)).toEqual([0]);
  });
});

test("pixels that nobody looks at any more are gone at once, and few of them are left to the collector", () => {
  const large = quadrants(1_024, 256);
  const small = quadrants(16, 16);
  release(large);
  release(small);
  expect(large.data.length).toBe(0);
  expect(small.data.length).toBe(16 * 16 * 4);
});

/** A chunk that nobody knows, behind everything else in a WebP. */
function beside(file: Uint8Array, length: number): Uint8Array {
  const longer = new Uint8Array(file.length + 8 + length);
  longer.set(file);
  longer.set(new TextEncoder().encode("JUNK"), file.length);
  const view = new DataView(longer.buffer);
  view.setUint32(file.length + 4, length, true);
  view.setUint32(4, longer.length - 8, true);
  return longer;
}

test("a WebP with 8 MB of something else in it is decoded in the memory of its picture", async () => {
  const picture = quadrants(64, 64);
  const size = { width: 64, height: 64 };
  const wanted = { stored: size, turn: 1, window: { x: 0, y: 0, ...size }, content: size } as const;
  const caps = { reader: capOf(2 * MiB), kernel: 8 * MiB, writer: 0, file: 0 };
  const file = await fileOf("webp", picture, null);
  const alone = await codecs.read.webp.decode(heldBytes(file), wanted, caps);
  const slimmed = await codecs.read.webp.decode(heldBytes(beside(file, 8_000_000)), wanted, caps);
  expect(slimmed.data).toEqual(alone.data);
});
