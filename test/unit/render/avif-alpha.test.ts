// A logo on nothing, as AVIF: no ghosts around it, and no holes in it.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunningWorker } from "../../harness/host/workerd.ts";
import { edgepixWorker, send, startEngine, taskFor } from "../../harness/measure/engine-worker.ts";

const folder = await mkdtemp(join(tmpdir(), "edgepix-alpha-"));
let worker: RunningWorker;
beforeAll(async () => {
  worker = await startEngine(edgepixWorker, { photos: folder });
});
afterAll(async () => {
  await worker.stop();
  await rm(folder, { recursive: true });
});

const logo = Buffer.from(`<svg width="400" height="300">
  <circle cx="120" cy="150" r="90" fill="#e03030"/><path d="M20 20 L380 40" stroke="#0a0" stroke-width="3"/>
  <path d="M200 250 L250 120 L300 250 Z" fill="#203080"/><ellipse cx="300" cy="80" rx="60" ry="30" opacity=".35"/>
</svg>`);

test.each([30, 80, 100])("what is clear and what is solid stays so at quality %i", async (quality) => {
  const png = await sharp(logo).png().toBuffer();
  await writeFile(join(folder, "logo.png"), png);
  const output = { width: 400, height: 300, format: "avif", quality } as const;
  const { bytes } = await send(worker, {
    repeats: 1,
    task: await taskFor(join(folder, "logo.png"), `format=avif&quality=${quality}`, output),
  });
  const alphaOf = (file: Uint8Array) => sharp(file).extractChannel(3).raw().toBuffer();
  expect((await sharp(bytes).metadata()).format).toBe("heif");
  expect((await alphaOf(bytes)).equals(await alphaOf(png))).toBe(true);
});
