// A whole job that ends in a JPEG: what the caller may ask of the file beyond its pixels.

import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { iccSegments } from "../../../workers/src/kernel/host/jpeg-segments.ts";
import type { Encoding } from "../../../workers/src/plan/encoding.ts";
import { kernel, shape } from "../../support/test-kernel.ts";

const size = { width: 900, height: 700 };
const jpeg = { kind: "jpeg", quality: 85, chroma: "4:2:0" } as const;

async function render(encoding: Encoding, memoryBytes = 32 << 20): Promise<Buffer> {
  const data = new Uint8ClampedArray(size.width * size.height * 4).fill(255);
  for (let i = 0; i < data.length; i++) if (i % 4 < 3) data[i] = ((i >> 2) % size.width) >> (i % 4);
  const parts: Uint8Array[] = [];
  const made = await kernel.renderFile(
    { kind: "pixels", pixels: { ...size, data } },
    shape(size),
    encoding,
    (bytes) => void parts.push(bytes.slice()),
    { memoryBytes },
  );
  expect(made.ok).toBe(true);
  return Buffer.concat(parts);
}

describe("a JPEG from a job", () => {
  it("carries the segments that the caller hands over", async () => {
    const profile = Buffer.alloc(200, "profile");
    const file = await render({ ...jpeg, segments: iccSegments(profile) });
    expect(file.includes(profile)).toBe(true);
    expect((await sharp(file).metadata()).width).toBe(size.width);
  });
});
