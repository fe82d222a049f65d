// Pictures in Display P3, as phones and cameras write them: shown in their own colours, not washed out. Against sharp.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunningWorker } from "../../harness/host/workerd.ts";
import { edgepixWorker, send, startEngine, taskFor } from "../../harness/measure/engine-worker.ts";
import { deltaE } from "../../support/delta-e.ts";

const p3 = join(import.meta.dirname, "../../fixtures/p3.jpg");
const folder = await mkdtemp(join(tmpdir(), "edgepix-gamut-"));
let worker: RunningWorker;
beforeAll(async () => {
  worker = await startEngine(edgepixWorker, { photos: folder });
});
afterAll(async () => {
  await worker.stop();
  await rm(folder, { recursive: true });
});

/** sharp's colours, saturated first so that most of them lie outside sRGB or near its edge. */
const photo = () => sharp(p3).keepIccProfile().modulate({ saturation: 1.4 });
/** sharp brings pictures to sRGB, unless it is told to overlook their profile. */
const rgba = (file: Uint8Array, ignoreIcc: boolean) =>
  sharp(file, { ignoreIcc }).ensureAlpha().raw().toBuffer();

test.each([
  ["p3.webp", () => photo().webp({ lossless: true })],
  ["clear-p3.webp", () => photo().ensureAlpha(0.7).webp({ lossless: true })],
  ["p3.avif", () => photo().avif({ lossless: true })],
  ["p3.tiff", () => photo().tiff({ compression: "lzw" })],
])("%s is brought to sRGB", async (name, make) => {
  const file = await make().toBuffer();
  expect((await sharp(file).metadata()).icc).toBeDefined();
  await writeFile(join(folder, name), file);
  // Only engines that know no image URLs read it.
  const output = { width: 400, height: 300, format: "webp", quality: 80 } as const;
  const { bytes } = await send(worker, {
    repeats: 1,
    task: await taskFor(join(folder, name), "format=png", output),
  });

  const ours = await sharp(bytes).ensureAlpha().raw().toBuffer();
  expect(deltaE(ours, await rgba(file, false)).mean).toBeLessThan(0.2);
  expect(deltaE(ours, await rgba(file, true)).mean, "overlooked, the profile makes it pale").toBeGreaterThan(
    2,
  );
});
