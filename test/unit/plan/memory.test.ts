// No question may be too large to answer: what does not fit into one job's memory is made smaller.
import { expect, test } from "vitest";
import { outputFormats } from "../../../schema/facts.ts";
import { defaultLimits } from "../../../workers/src/plan/plan.ts";
import type { OriginalFacts } from "../../../workers/src/plan/stored-facts.ts";
import { seededRandom } from "../../harness/seeded-random.ts";
import { planned } from "../../support/planned-original.ts";
import { planFor, renderPlanFor } from "./cases.ts";

const photo = planned({ width: 4000, height: 3000 }, { format: "jpg", samplesPerPixel: 1.5 });

test.each(["blur=250", "blur=2", "sharp=2", "brightness=1.2", "rotate=90", "format=png&blur=8"])(
  "a 12 MP photo with %s is answered at its own size",
  (query) => {
    const { content } = renderPlanFor(query, photo).variant;
    expect(content.width * content.height).toBe(12_000_000);
  },
);

test.each([
  ["w=12000&h=12000&fit=pad", 1],
  ["w=12000&h=4100&fit=pad", 12_000 / 4100],
  ["w=9000&fit=contain&sharp=1", 4 / 3],
])("a 12 MP photo asked for with %s is answered as large as fits", (query, aspect) => {
  const { variant, memoryBytes } = renderPlanFor(query, photo);
  const { width, height } = variant.canvas;
  expect(width * height).toBeGreaterThan(7_000_000);
  expect(Math.abs(width / height / aspect - 1)).toBeLessThan(0.002);
  // Nothing is given away: one per cent more on each side would not fit.
  expect(memoryBytes).toBeGreaterThan(defaultLimits.memoryBytes * 0.97);
});

/** Every kind of file that there is a fixture of, up to sizes that can still be read. */
const sources: readonly (readonly [name: string, megapixels: number, facts: Partial<OriginalFacts>])[] = [
  ["a JPEG", 108, { format: "jpg", samplesPerPixel: 1.5 }],
  ["a JPEG of full colour", 108, { format: "jpg", samplesPerPixel: 3, orientation: 6 }],
  ["a CMYK JPEG", 50, { format: "jpg", samplesPerPixel: 4 }],
  ["a gray JPEG", 108, { format: "jpg", samplesPerPixel: 1 }],
  ["a progressive JPEG", 24, { format: "jpg", samplesPerPixel: 1.5, progressive: true }],
  ["a PNG", 100, {}],
  ["a PNG with alpha", 50, { alpha: true, samplesPerPixel: 4, bitDepth: 16 }],
  ["an interlaced PNG", 12, { progressive: true }],
  ["a WebP", 8, { format: "webp", alpha: true }],
  ["a GIF", 6, { format: "gif", animated: true, alpha: true }],
  ["an AVIF", 2, { format: "avif" }],
  ["a HEIC", 48, { format: "heic", orientation: 6 }],
  ["a TIFF", 3, { format: "tiff" }],
];

test.each(sources)("%s of up to %i MP is rendered whatever is asked", (name, megapixels, facts) => {
  const next = seededRandom(name.length * 1000 + megapixels);
  const pick = <Choice>(choices: readonly Choice[]) => choices[Math.floor(next() * choices.length)];
  const side = () => Math.ceil(12_000 ** next());
  const parameters: readonly (() => string)[] = [
    () => `w=${side()}`,
    () => `h=${side()}`,
    () => `fit=${pick(["scale-down", "contain", "cover", "pad", "squeeze"])}`,
    () => `size=${pick(["s", "m", "l", "social"])}`,
    () => `dpr=${pick([1, 2, 4])}`,
    () => `format=${pick([...outputFormats, "auto"])}`,
    () => `blur=${1 + Math.floor(next() * 249)}`,
    () => `sharp=${next() > 0.5 ? 2 : 10}`,
    () => "saturation=0",
    () => `rotate=${pick([90, 180, 270])}`,
    () => `trim=${pick(["true", 5])}`,
    () => "gravity=auto",
    () => "background=teal",
    () => "lossless=true",
    () => "anim=false",
  ];
  for (let round = 0; round < 300; round++) {
    const aspect = 4 ** (next() * 2 - 1);
    const area = megapixels * 1e6 * 0.05 ** (round === 0 ? 0 : next());
    const width = Math.min(16_000, Math.floor(Math.sqrt(area * aspect)));
    const height = Math.floor(area / width);
    const query = parameters
      .filter(() => next() < 0.4)
      .map((write) => write())
      .join("&");
    const plan = planFor(query, planned({ width, height }, facts), "image/avif,image/webp");
    const memoryBytes = plan.kind === "render" ? Math.max(plan.memoryBytes, plan.look?.memoryBytes ?? 0) : 0;
    const mostBytes = plan.kind === "render" ? Math.max(plan.mostBytes, plan.look?.mostBytes ?? 0) : 0;
    const question = `${width}x${height}?${query}`;
    expect({ question, kind: plan.kind }).not.toEqual({ question, kind: "refused" });
    expect({ question, fits: memoryBytes <= defaultLimits.memoryBytes }).toEqual({ question, fits: true });
    // Nor does it pass the isolate's when all its memories grow to their caps.
    expect({ question, fits: mostBytes <= defaultLimits.isolateBytes }).toEqual({ question, fits: true });
  }
});

test("the tiniest picture of a huge one takes no more memory than a small one", () => {
  const scan = planned({ width: 10_000, height: 9000 }, { alpha: true, samplesPerPixel: 4 });
  expect(renderPlanFor("w=1", scan).memoryBytes).toBeLessThan(1.1 * renderPlanFor("w=320", scan).memoryBytes);
});
