// Interlaced PNGs made smaller while they are read: what comes out is the picture, in a fraction of its memory.

import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { chooseReduction, type Reduction } from "../../../workers/src/geometry/scale.ts";
import { planMemory } from "../../../workers/src/plan/kernel-memory.ts";
import { fixture } from "../../support/fixtures.ts";
import { kernel, type Size, shape, streamOf } from "../../support/test-kernel.ts";

async function pngOf(size: Size, progressive: boolean, hasAlpha = false) {
  let picture = sharp(fixture("cat.jpg")).resize(size.width, size.height, { fit: "fill" }).removeAlpha();
  if (hasAlpha) {
    const mask = await sharp(fixture("coffee.jpg"))
      .resize(size.width, size.height, { fit: "fill" })
      .extractChannel(0)
      .toBuffer();
    picture = sharp(await picture.png().toBuffer()).joinChannel(mask);
  }
  return Uint8Array.from(await picture.png({ progressive, compressionLevel: 1 }).toBuffer());
}

async function rendered(file: Uint8Array<ArrayBuffer>, stored: Size, size: Size, memoryBytes = 64 << 20) {
  const wanted = shape(stored, { size });
  const answer = await kernel.renderPixels({ kind: "png", stream: streamOf(file) }, wanted, { memoryBytes });
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

/** How like two pictures are in their brightness, as seen through windows of 8 x 8 (Wang and others, 2004); alpha counts as light. */
function likeness(ours: ArrayLike<number>, theirs: ArrayLike<number>, { width, height }: Size): number {
  const light = (data: ArrayLike<number>, at: number) =>
    ((data[at * 4 + 1] ?? 0) * (data[at * 4 + 3] ?? 0)) / 255;
  let sum = 0;
  let windows = 0;
  for (let top = 0; top + 8 <= height; top += 4)
    for (let left = 0; left + 8 <= width; left += 4) {
      let [a, b, aa, bb, ab] = [0, 0, 0, 0, 0];
      for (let index = 0; index < 64; index++) {
        const at = (top + (index >> 3)) * width + left + (index & 7);
        const [u, v] = [light(ours, at), light(theirs, at)];
        a += u / 64;
        b += v / 64;
        aa += (u * u) / 64;
        bb += (v * v) / 64;
        ab += (u * v) / 64;
      }
      const spread = aa - a * a + (bb - b * b) + 58.5;
      sum += ((2 * a * b + 6.5) * (2 * (ab - a * b) + 58.5)) / ((a * a + b * b + 6.5) * spread);
      windows++;
    }
  return sum / windows;
}

describe("An interlaced PNG", () => {
  const stored = { width: 1203, height: 907 };
  it.each([
    [4.3, false],
    [4.3, true],
    [9, false],
    [9, true],
    [17, false],
    [35, true],
  ] as const)(
    "made %s times smaller (alpha: %s) looks as the same picture in rows",
    async (times, hasAlpha) => {
      const size = { width: Math.round(stored.width / times), height: Math.round(stored.height / times) };
      expect(chooseReduction(shape(stored, { size }))).toBeGreaterThan(1);
      const laced = await rendered(await pngOf(stored, true, hasAlpha), stored, size);
      const rows = await rendered(await pngOf(stored, false, hasAlpha), stored, size);
      expect(laced.isDamaged).toBe(false);
      expect(likeness(laced.pixels.data, rows.pixels.data, size)).toBeGreaterThan(0.97);
    },
  );

  it("of a window that begins anywhere shows that window", async () => {
    const window = { x: 301, y: 203, width: 640, height: 480 };
    const size = { width: 160, height: 120 };
    const shown = async (progressive: boolean) => {
      const source = { kind: "png", stream: streamOf(await pngOf(stored, progressive)) } as const;
      const answer = await kernel.renderPixels(source, shape(stored, { window, size }));
      if (!answer.ok) throw new Error(answer.error.message);
      return answer.value.pixels.data;
    };
    expect(likeness(await shown(true), await shown(false), size)).toBeGreaterThan(0.97);
  });

  it("of one colour has it in every pixel, at the edges too", async () => {
    const [width, height] = [1001, 777];
    const colour = { r: 200, g: 100, b: 50, alpha: 0.5 };
    for (const channels of [3, 4] as const) {
      const flat = sharp({ create: { width, height, channels, background: colour } });
      const file = Uint8Array.from(await flat.png({ progressive: true }).toBuffer());
      for (const times of [2, 5, 11, 33]) {
        const size = { width: Math.round(width / times), height: Math.round(height / times) };
        const { pixels } = await rendered(file, { width, height }, size);
        const alpha = channels === 4 ? 128 : 255;
        const far = pixels.data.filter(
          (value, at) => Math.abs(value - ([200, 100, 50, alpha][at % 4] ?? 0)) > 1,
        );
        expect(far.length, `${channels} channels, ${times} times`).toBe(0);
      }
    }
  });

  it("of 50 megapixels is made four times smaller in less than 32 MB, and within its plan", async () => {
    const large = { width: 8_660, height: 5_780 };
    const size = { width: 2_165, height: 1_445 };
    const file = await pngOf(large, true);
    const facts = { kind: "png", interlaced: true, alpha: false, bytesPerPixel: 3 } as const;
    const plan = planMemory(facts, shape(large, { size }), { kind: "pixels" });
    expect(plan.wasmBytes).toBeLessThan(32 << 20);
    const made = await rendered(file, large, size, plan.wasmBytes);
    expect(made.usedBytes).toBeLessThanOrEqual(plan.wasmBytes);
    const theirs = await sharp(file).resize(size.width, size.height).ensureAlpha().raw().toBuffer();
    expect(likeness(made.pixels.data, theirs, size)).toBeGreaterThan(0.97);
  });

  it.each<[number, Reduction]>([
    [1.9, 1],
    [2, 1],
    [4, 2],
    [8, 4],
    [40, 16],
  ])("of a megapixel made %s times smaller is added up in cells of %s", (times, reduction) => {
    const small = { width: 1_000, height: 1_000 };
    expect(chooseReduction(shape(small, { size: { width: 1_000 / times, height: 1_000 / times } }))).toBe(
      reduction,
    );
  });

  it("that breaks off shows what has come, spread over what has not", async () => {
    const file = await pngOf(stored, true);
    const size = { width: 300, height: 226 };
    const whole = await rendered(file, stored, size);
    const cut = await rendered(file.slice(0, file.length * 0.5), stored, size);
    expect(cut.isDamaged).toBe(true);
    expect(likeness(cut.pixels.data, whole.pixels.data, size)).toBeGreaterThan(0.9);
  });
});
