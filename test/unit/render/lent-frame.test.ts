// A frame lent where its decoder wrote it is the whole picture, the first time and on the same instance again.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import avifDecoder from "@jsquash/avif/codec/dec/avif_dec.js";
import webpDecoder from "@jsquash/webp/codec/dec/webp_dec.js";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { Damage } from "../../../workers/formats/damage.ts";
import { startEmscripten } from "../../../workers/src/render/codecs/emscripten.ts";
import { keepInstance } from "../../../workers/src/render/codecs/instance.ts";
import { withLentFrame } from "../../../workers/src/render/codecs/lent-frame.ts";

const fixtureFile = (name: string) => new Uint8Array(readFileSync(join("test/fixtures", name)));

const require = createRequire(import.meta.url);

/** Node may compile at run time, but the runtime's types are those of Workers, which may not. */
const moduleOf = (path: string): WebAssembly.Module =>
  Reflect.construct(WebAssembly.Module, [readFileSync(require.resolve(path))]);

const startWebp = () => startEmscripten(webpDecoder, moduleOf("@jsquash/webp/codec/dec/webp_dec.wasm"));
const startAvif = () => startEmscripten(avifDecoder, moduleOf("@jsquash/avif/codec/dec/avif_dec.wasm"));

/** Mean difference of a sample, and the largest among the first pixels, where the allocator writes. */
function differences(ours: Uint8ClampedArray, theirs: Uint8Array) {
  const apart = Array.from(ours, (sample, at) => Math.abs(sample - (theirs[at] ?? 0)));
  return {
    mean: apart.reduce((sum, one) => sum + one, 0) / apart.length,
    first: Math.max(...apart.slice(0, 64)),
  };
}

describe("a lent frame", () => {
  test("is a WebP's to the sample, however often one instance decodes", async () => {
    const file = fixtureFile("photo.webp");
    const theirs = await sharp(file).ensureAlpha().raw().toBuffer();
    const { codec } = await startWebp();
    for (let round = 0; round < 3; round++) {
      const found = await withLentFrame(
        () => codec.decode(file),
        ({ data }) => differences(data, theirs),
      );
      expect(found).toEqual({ mean: 0, first: 0 });
    }
  });

  test("is an AVIF's, but for the rounding of colours", async () => {
    const file = fixtureFile("photo.avif");
    const theirs = await sharp(file).ensureAlpha().raw().toBuffer();
    const { codec } = await startAvif();
    for (let round = 0; round < 2; round++) {
      const found = await withLentFrame(
        () => codec.decode(file, 8),
        ({ data }) => differences(data, theirs),
      );
      expect(found.mean).toBeLessThan(1);
      expect(found.first).toBeLessThan(8);
    }
  });

  test("leaves the global scope as it was, even by a damaged file", async () => {
    const before = globalThis.Uint8ClampedArray;
    const { codec } = await startWebp();
    const broken = fixtureFile("photo.webp").slice(0, 40);
    await expect(
      withLentFrame(
        () => codec.decode(broken),
        () => undefined,
      ),
    ).rejects.toThrow(Damage);
    expect(globalThis.Uint8ClampedArray).toBe(before);
  });
});

describe("the last instance of a codec", () => {
  test("is lent to one at a time, and taken up again", async () => {
    let started = 0;
    const withDecoder = keepInstance("test", async () => {
      started++;
      return startWebp();
    });
    await Promise.all([withDecoder(cap, () => aMoment()), withDecoder(cap, () => aMoment())]);
    expect(started).toBe(2);
    await withDecoder(cap, () => undefined);
    expect(started).toBe(2);
  });

  test("is not taken up after a trap, but after a picture's own damage", async () => {
    let started = 0;
    const withDecoder = keepInstance("test", async () => {
      started++;
      return startWebp();
    });
    const failWith = (error: Error) => withDecoder(cap, () => Promise.reject(error)).catch(() => undefined);
    await failWith(new Damage("damaged"));
    await failWith(new WebAssembly.RuntimeError("unreachable"));
    expect(started).toBe(1);
    await withDecoder(cap, () => undefined);
    expect(started).toBe(2);
  });
});

const cap = 64 << 20;
const aMoment = () => new Promise<void>((resolve) => setTimeout(resolve, 1));
