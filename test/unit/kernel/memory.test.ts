// The memory plan against the memory that jobs take: never less, and not much more.

import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import type { Shape } from "../../../workers/src/geometry/shape.ts";
import type { Source } from "../../../workers/src/kernel/host/job.ts";
import type { Encoding } from "../../../workers/src/plan/encoding.ts";
import { planMemory, type SourceFacts } from "../../../workers/src/plan/kernel-memory.ts";
import { fileOf, kernel, type Size, shape, streamOf } from "../../support/test-kernel.ts";

const stored = { width: 1600, height: 1200 };
/** Smaller, because inflating noise takes its time. */
const storedPng = { width: 640, height: 480 };
/** Memory comes in pages, which is seen in the smallest jobs. */
const pageBytes = 65536;

const files = new Map<string, Uint8Array<ArrayBuffer>>();

beforeAll(async () => {
  const grain = sharp({
    create: { ...stored, channels: 3, background: "#777", noise: { type: "gaussian", mean: 128, sigma: 20 } },
  });
  for (const [name, made] of Object.entries({
    "4:2:0": grain.clone().jpeg({ quality: 80 }),
    "4:4:4": grain.clone().jpeg({ quality: 80, chromaSubsampling: "4:4:4" }),
    progressive: grain.clone().jpeg({ quality: 80, progressive: true }),
    gray: grain.clone().toColourspace("b-w").jpeg({ quality: 80 }),
    png: grain
      .clone()
      .extract({ left: 0, top: 0, ...storedPng })
      .png({ compressionLevel: 1 }),
    alpha: grain
      .clone()
      .extract({ left: 0, top: 0, ...storedPng })
      .ensureAlpha(0.5)
      .png({ compressionLevel: 1 }),
    interlaced: grain
      .clone()
      .extract({ left: 0, top: 0, ...storedPng })
      .png({ compressionLevel: 1, progressive: true }),
    "interlaced alpha": grain
      .clone()
      .extract({ left: 0, top: 0, ...storedPng })
      .ensureAlpha(0.5)
      .png({ compressionLevel: 1, progressive: true }),
  })) {
    files.set(name, Uint8Array.from(await made.toBuffer()));
  }
}, 30_000);

const facts: Record<string, SourceFacts> = {
  "4:2:0": { kind: "jpeg", progressive: false, samplesPerPixel: 1.5 },
  "4:4:4": { kind: "jpeg", progressive: false, samplesPerPixel: 3 },
  progressive: { kind: "jpeg", progressive: true, samplesPerPixel: 1.5 },
  gray: { kind: "jpeg", progressive: false, samplesPerPixel: 1 },
  png: { kind: "png", interlaced: false, alpha: false, bytesPerPixel: 3 },
  alpha: { kind: "png", interlaced: false, alpha: true, bytesPerPixel: 4 },
  interlaced: { kind: "png", interlaced: true, alpha: false, bytesPerPixel: 3 },
  "interlaced alpha": { kind: "png", interlaced: true, alpha: true, bytesPerPixel: 4 },
};

const sizes: readonly Size[] = [
  { width: 1600, height: 1200 },
  { width: 853, height: 640 },
  { width: 320, height: 240 },
  { width: 64, height: 48 },
];
const outputs: readonly (Encoding | { kind: "pixels" })[] = [
  { kind: "pixels" },
  { kind: "jpeg", quality: 80, chroma: "4:2:0" },
  { kind: "jpeg", quality: 95, chroma: "4:4:4" },
  { kind: "png" },
];

async function usedBytes(source: Source, wanted: Shape, output: Encoding | { kind: "pixels" }) {
  const made =
    output.kind === "pixels"
      ? await kernel.renderPixels(source, wanted)
      : await kernel.renderFile(source, wanted, output, () => undefined);
  if (!made.ok) throw new Error(made.error.message);
  return made.value.usedBytes;
}

describe("The memory plan", () => {
  it.each(Object.keys(facts))(
    "holds for %s, at every size and output",
    async (name) => {
      const known = facts[name];
      const file = files.get(name);
      if (!known || !file || known.kind === "pixels") throw new Error(`no ${name}`);
      const whole = known.kind === "png" ? storedPng : stored;
      for (const size of sizes) {
        for (const output of outputs) {
          // Deflating noise takes seconds, and tells nothing new.
          if (output.kind === "png" && size.width === 1600) continue;
          const used = await usedBytes(
            { kind: known.kind, stream: streamOf(file) },
            shape(whole, { size }),
            output,
          );
          const { wasmBytes } = planMemory(known, shape(whole, { size }), output);
          expect({
            output,
            size,
            used,
            wasmBytes,
            isEnough: used <= wasmBytes,
            isClose: wasmBytes <= used * 1.5 + pageBytes,
          }).toEqual({
            output,
            size,
            used,
            wasmBytes,
            isEnough: true,
            isClose: true,
          });
        }
      }
    },
    20_000,
  );

  it("is enough when it is the limit", async () => {
    const file = files.get("4:2:0") ?? new Uint8Array();
    const wanted = shape(stored, { size: { width: 853, height: 640 }, turn: 6 });
    const { wasmBytes } = planMemory({ kind: "jpeg", progressive: false, samplesPerPixel: 1.5 }, wanted, {
      kind: "png",
    });
    const source = { kind: "jpeg", stream: streamOf(file) } as const;
    const made = await kernel.renderFile(source, wanted, { kind: "png" }, () => undefined, {
      memoryBytes: wasmBytes,
    });
    expect(made.ok).toBe(true);
    await fileOf({ kind: "jpeg", stream: streamOf(file) }, wanted, { kind: "png" });
  });
});
