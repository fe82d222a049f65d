// The docs tell numbers in sentences: each sentence is made anew here, with the number that the code holds to.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Size } from "../../../schema/facts.ts";
import { MAX_SVG_BYTES, MB, plans } from "../../../schema/plans.ts";
import { REPORTS_PER_ADDRESS_AND_HOUR, REPORTS_PER_DAY, REPORTS_PER_HOUR } from "../../../schema/reports.ts";
import { MAX_OUTPUT_SIDE, SOCIAL_SIZE } from "../../../schema/transform.ts";
import { shortSides } from "../../../workers/shared/size.ts";
import { planMemory } from "../../../workers/src/plan/kernel-memory.ts";
import { writers } from "../../../workers/src/plan/traits.ts";
import { encoderQuality } from "../../../workers/src/render/codecs/quality.ts";
import { planned } from "../../support/planned-original.ts";
import { planFor } from "../plan/cases.ts";

const plain = (text: string) => text.replace(/\s+/g, " ");
const pageOf = (path: string) => plain(readFileSync(path, "utf8"));
/** Without the whole page in what a failure says. */
const says = (path: string, sentence: string) =>
  expect(pageOf(path).includes(sentence), `${path} is to say: ${sentence}`).toBe(true);
const megabytes = (bytes: number) => bytes / MB;

// A camera's photograph, and a picture of its size with alpha.
const camera: Size = { width: 4_000, height: 3_000 };
const photo = { ...planned(camera, { format: "jpg", samplesPerPixel: 1.5 }), bytes: 1_400_000 };
const cutOut = { ...planned(camera, { alpha: true, samplesPerPixel: 4 }), bytes: 20_000_000 };
type Original = typeof photo;

function answered(
  original: Original,
  query: string,
): { readonly format: string; readonly megapixels: number } {
  const plan = planFor(query, original);
  if (plan.kind !== "render") throw new Error(`${query} is ${plan.kind}`);
  const { format, canvas } = plan.variant;
  return { format, megapixels: (canvas.width * canvas.height) / 1e6 };
}
/** Of an answer that must have this format: how many megapixels it may have. */
function most(original: Original, format: string, more = ""): number {
  const widths = Array.from({ length: 200 }, (_, at) => camera.width - 20 * (at + 1));
  const tries = widths.map((width) => answered(original, `format=${format}&w=${width}${more}`));
  return tries.find((answer) => answer.format === format)?.megapixels ?? 0;
}
const largest = (query: string) => answered(photo, `w=${MAX_OUTPUT_SIDE}&${query}`).megapixels;
const oneDecimal = (number: number) => number.toFixed(1);

describe("docs/use.md", () => {
  const { anonymous, unlimited } = plans;
  test.each([
    `up to ${megabytes(unlimited.maxFileBytes)} MB (${megabytes(anonymous.maxFileBytes)} MB without a key, ${megabytes(MAX_SVG_BYTES)} MB for an SVG)`,
    `stay ${anonymous.maxTtlSeconds / 86_400} days`,
    `short side ${shortSides.s}, ${shortSides.m}, ${shortSides.l}; never enlarged`,
    `${SOCIAL_SIZE.width}x${SOCIAL_SIZE.height} for link previews`,
    `some ${Math.round(largest("fit=contain&blur=4"))} megapixels with effects and ${Math.round(largest("h=12000&fit=pad&bg=red"))} with padding`,
    `An AVIF of it over some ${oneDecimal(most(photo, "avif"))} megapixels comes as WebP`,
    `a WebP over some ${oneDecimal(most(photo, "webp"))} (${oneDecimal(most(cutOut, "webp"))} with alpha, ${oneDecimal(most(photo, "webp", "&lossless=true"))} without loss)`,
  ])("says: %s", (sentence) => says("docs/use.md", sentence));
});

test("docs/moderation.md says how often strangers may report", () => {
  says(
    "docs/moderation.md",
    `An address may send ${REPORTS_PER_ADDRESS_AND_HOUR} an hour; all together ${REPORTS_PER_HOUR} an hour and ${REPORTS_PER_DAY} a day`,
  );
});

test("workers/src/README.md says above what size no AVIF is written", () => {
  says(
    "workers/src/README.md",
    `an AVIF above ${writers.avif.maxPixels / 1e6} megapixels always comes as WebP`,
  );
});

test("docs/quality.md shows the numbers that the encoders are given", () => {
  const rows = [
    ...readFileSync("docs/quality.md", "utf8").matchAll(/^\| (\d+) \| [\d.]+ \| (\d+) \| (\d+) \|$/gm),
  ];
  const shown = rows.map((row) => row.slice(1).map(Number));
  expect(shown.length).toBeGreaterThan(10);
  expect(shown).toEqual(
    shown.map(([asked = 0]) => [asked, encoderQuality("webp", asked), encoderQuality("avif", asked)]),
  );
});

describe("workers/src/kernel/README.md", () => {
  const wasmMegabytes = (
    source: Parameters<typeof planMemory>[0],
    stored: Size,
    size: Size,
    output: Parameters<typeof planMemory>[2],
  ) =>
    planMemory(source, { stored, window: { x: 0, y: 0, ...stored }, size, turn: 1 }, output).wasmBytes / MB;
  const jpeg = (progressive: boolean) => ({ kind: "jpeg", progressive, samplesPerPixel: 1.5 }) as const;
  const pixels = { kind: "pixels" } as const;
  const middle: Size = { width: 853, height: 640 };
  const readme = "workers/src/kernel/README.md";

  test("says what a JPEG takes", () => {
    says(readme, "takes under 1 MB here to become 853x640 pixels, and so does one of 108 MP");
    expect(wasmMegabytes(jpeg(false), camera, middle, pixels)).toBeLessThan(1);
    expect(wasmMegabytes(jpeg(false), { width: 12_000, height: 9_000 }, middle, pixels)).toBeLessThan(1);
    const again = wasmMegabytes(jpeg(false), camera, middle, { kind: "jpeg", quality: 80, chroma: "4:2:0" });
    says(readme, `some ${Math.round(again)} MB where the answer is a JPEG again`);
  });

  test("says what an interlaced PNG takes", () => {
    const source = { kind: "png", interlaced: true, alpha: false, bytesPerPixel: 3 } as const;
    const taken = wasmMegabytes(
      source,
      { width: 8_192, height: 6_144 },
      { width: 2_048, height: 1_536 },
      { kind: "png" },
    );
    says(readme, `50 MP at a quarter take ${Math.round(taken)} MB`);
  });
});
