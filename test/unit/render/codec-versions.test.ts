// What lent-frame.ts knows of the insides of jSquash's decoders: an update that changes them must not come unseen.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import avifDecoder from "@jsquash/avif/codec/dec/avif_dec.js";
import webpDecoder from "@jsquash/webp/codec/dec/webp_dec.js";
import { expect, test } from "vitest";
import { z } from "zod";
import { startEmscripten } from "../../../workers/src/render/codecs/emscripten.ts";
import { withLentFrame } from "../../../workers/src/render/codecs/lent-frame.ts";
import { fixture } from "../../support/fixtures.ts";

const require = createRequire(import.meta.url);
const packageSchema = z.object({ dependencies: z.record(z.string(), z.string()) });
const { dependencies } = packageSchema.parse(JSON.parse(readFileSync("package.json", "utf8")));

/** Node may compile at run time, but the runtime's types are those of Workers, which may not. */
const moduleOf = (path: string): WebAssembly.Module =>
  Reflect.construct(WebAssembly.Module, [readFileSync(require.resolve(path))]);

test.each(Object.keys(dependencies).filter((name) => /^@jsquash\/|^libheif-js$/.test(name)))(
  "%s is pinned to one version",
  (name) => {
    expect(
      dependencies[name],
      `${name} must stand in package.json without ^ or ~: render/codecs relies on how its WebAssembly keeps a frame. Update it by hand, and see this file pass.`,
    ).toMatch(/^\d+\.\d+\.\d+$/);
  },
);

test.each([
  [
    "@jsquash/webp",
    async () => {
      const { codec, memory } = await startEmscripten(
        webpDecoder,
        moduleOf("@jsquash/webp/codec/dec/webp_dec.wasm"),
      );
      return { memory, decode: () => codec.decode(fixture("photo.webp")) };
    },
  ],
  [
    "@jsquash/avif",
    async () => {
      const { codec, memory } = await startEmscripten(
        avifDecoder,
        moduleOf("@jsquash/avif/codec/dec/avif_dec.wasm"),
      );
      return { memory, decode: () => codec.decode(fixture("photo.avif"), 8) };
    },
  ],
])(
  "The decoder of %s takes two classes from the global scope, and makes a frame where its memory is",
  async (name, start) => {
    const advice = `${name} ${dependencies[name]} works otherwise than render/codecs/lent-frame.ts believes. Stay with the version before, or change lent-frame.ts:`;

    const { memory, decode } = await start();
    for (let round = 0; round < 2; round++) {
      const isLent = await withLentFrame(decode, ({ data }) => data.buffer === memory.buffer).catch(
        () => false,
      );
      expect(isLent, `${advice} the frame does not lie in the decoder's memory.`).toBe(true);
    }
  },
);
