// Broken and hostile JPEGs through the whole kernel: a picture or an error, never a trap, and the instance stays good.

import { describe, expect, it } from "vitest";
import type { Encoding } from "../../../workers/src/plan/encoding.ts";
import { seededRandom } from "../../harness/seeded-random.ts";
import { jpegShape, jpegShapes } from "../../support/jpeg-shapes.ts";
import { difference, kernel, shape, streamOf } from "../../support/test-kernel.ts";

/** One to a few bytes changed, a piece cut out, or a piece of another file put in. */
function mutated(file: Uint8Array, other: Uint8Array, random: () => number): Uint8Array<ArrayBuffer> {
  const out = Uint8Array.from(file);
  const place = () => Math.floor(random() * out.length);
  const way = random();
  if (way < 0.15) return out.slice(0, place());
  if (way < 0.3) return Uint8Array.from([...out.slice(0, place()), ...out.slice(place())]);
  if (way < 0.45)
    return Uint8Array.from([...out.slice(0, place()), ...other.slice(Math.floor(random() * other.length))]);
  for (let n = 1 + random() * 8; n > 0; n--) out[place()] = random() < 0.3 ? 0xff : random() * 256;
  return out;
}

const encodings: readonly Encoding[] = [
  { kind: "jpeg", quality: 75, chroma: "4:2:0" },
  { kind: "jpeg", quality: 92, chroma: "4:4:4" },
  { kind: "png" },
];

describe("Hostile JPEGs", () => {
  it("1,500 mutations end as pictures or as errors of known kinds", async () => {
    const random = seededRandom(2026);
    const pick = <T>(all: readonly T[]): T | undefined => all[Math.floor(random() * all.length)];
    const outcomes = new Map<string, number>();
    for (let n = 0; n < 1500; n++) {
      const [one, other] = [pick(jpegShapes), pick(jpegShapes)];
      if (!one || !other) continue;
      const file = mutated(one.file, other.file, random);
      const size = { width: 1 + Math.floor(random() * 40), height: 1 + Math.floor(random() * 40) };
      const wanted = shape(one, { size });
      const source = { kind: "jpeg", stream: streamOf(file, 1 + Math.floor(random() * 400)) } as const;
      const encoding = pick(encodings);
      const answer =
        encoding && n % 4 === 0
          ? await kernel.renderFile(source, wanted, encoding, () => undefined, { memoryBytes: 8 << 20 })
          : await kernel.renderPixels(source, wanted, { memoryBytes: 8 << 20 });
      const outcome = answer.ok ? "picture" : answer.error.code;
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    expect([...outcomes.keys()].filter((code) => code === "trapped" || code === "misused")).toEqual([]);
    expect(outcomes.get("picture")).toBeGreaterThan(500);
  });

  it("leave the instance as good as new", async () => {
    const { file, ...size } = jpegShape("2x2 plain 63x64");
    const render = () => kernel.renderPixels({ kind: "jpeg", stream: streamOf(file) }, shape(size));
    const before = await render();
    await kernel.renderPixels({ kind: "jpeg", stream: streamOf(file.slice(0, 400)) }, shape(size));
    const after = await render();
    if (!before.ok || !after.ok) throw new Error("a sound file did not decode");
    expect(difference(after.value.pixels.data, before.value.pixels.data).most).toBe(0);
  });

  it("that need more memory than the job may take are refused", async () => {
    const { file, ...size } = jpegShape("2x2 progressive 63x64");
    const wanted = shape(size, { size: { width: 4000, height: 2000 } });
    const source = { kind: "jpeg", stream: streamOf(file) } as const;
    const answer = await kernel.renderPixels(source, wanted, { memoryBytes: 400_000 });
    expect(answer.ok ? "a picture" : answer.error.code).toBe("too-large");
  });

  it("whose stream fails are the stream's failure, thrown on", async () => {
    const stream = new ReadableStream<Uint8Array>({
      pull() {
        throw new Error("the store is gone");
      },
    });
    const { width, height } = jpegShape("2x2 plain 63x64");
    await expect(kernel.renderPixels({ kind: "jpeg", stream }, shape({ width, height }))).rejects.toThrow(
      "the store is gone",
    );
  });
});
