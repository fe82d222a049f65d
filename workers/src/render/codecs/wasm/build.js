// Makes the codecs' WebAssembly as we run it, out of the npm packages: starting small, and held to a limit that can be set.
//
// Run by `npm run build:kernel`, and by the tests; does nothing where all is newer than its sources.

import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);

const emscripten = {
  "avif-dec.wasm": "@jsquash/avif/codec/dec/avif_dec.wasm",
  "avif-enc.wasm": "@jsquash/avif/codec/enc/avif_enc.wasm",
  "webp-dec.wasm": "@jsquash/webp/codec/dec/webp_dec.wasm",
  "webp-enc.wasm": "@jsquash/webp/codec/enc/webp_enc_simd.wasm",
  "libheif.wasm": "libheif-js/libheif-wasm/libheif.wasm",
};
const rust = { "photon.wasm": "@cf-wasm/photon/photon.wasm" };

const newest = Math.max(
  ...readdirSync(here)
    .filter((name) => !name.endsWith(".wasm"))
    .map((name) => statSync(join(here, name)).mtimeMs),
);

export async function buildCodecs() {
  const { startSmall } = await import("./start-small.ts");
  const { limitGrowth } = await import("./limit-growth.ts");
  for (const [name, source] of Object.entries(emscripten)) write(name, source, startSmall);
  for (const [name, source] of Object.entries(rust)) write(name, source, limitGrowth);
}

/** @type {(name: string, source: string, rewrite: (module: Uint8Array) => Uint8Array) => void} */
function write(name, source, rewrite) {
  const target = join(here, name);
  const from = require.resolve(source);
  const changed = Math.max(newest, statSync(from).mtimeMs);
  if (existsSync(target) && statSync(target).mtimeMs > changed) return;
  // Written beside the target and renamed, so that a run that starts meanwhile never reads half a file.
  const draft = `${target}.${process.pid}.draft`;
  writeFileSync(draft, rewrite(new Uint8Array(readFileSync(from))));
  renameSync(draft, target);
}

await buildCodecs();
