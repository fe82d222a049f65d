// Work has a price before it is done: it grows with the work, and no plan costs more than a job may.
import { expect, test } from "vitest";
import { type OutputFormat, outputFormats, sourceFormats } from "../../../schema/facts.ts";
import { defaultLimits } from "../../../workers/src/plan/plan.ts";
import { priceOfReading, REFERENCE_MS } from "../../../workers/src/plan/price.ts";
import type { OriginalFacts } from "../../../workers/src/plan/stored-facts.ts";
import { isReadable } from "../../../workers/src/plan/traits.ts";
import { seededRandom } from "../../harness/seeded-random.ts";
import { planned } from "../../support/planned-original.ts";
import { planFor, renderPlanFor } from "./cases.ts";

const most = defaultLimits.cpuMilliseconds;

test("the reference job costs about what it was measured to take", () => {
  const photo = planned({ width: 4000, height: 3000 }, { format: "jpg", samplesPerPixel: 1.5 });
  const { cpuMs } = renderPlanFor("size=m&format=jpg", { ...photo, bytes: 5_600_000 });
  expect(cpuMs).toBeGreaterThan(REFERENCE_MS * 0.7);
  expect(cpuMs).toBeLessThan(REFERENCE_MS * 1.5);
});

test("reading a WebP that was cut off costs about twice what a whole one costs, and one that moves is read once", () => {
  const readingOf = (facts: Partial<OriginalFacts>) => {
    const picture = planned(
      { width: 2000, height: 1500 },
      { format: "webp", samplesPerPixel: 1.5, ...facts },
    );
    const source = { format: "webp", facts: picture.facts, bytes: 1_000_000 } as const;
    return priceOfReading(source, renderPlanFor("w=1000&format=png", picture).variant);
  };
  // But for what every job costs.
  expect(readingOf({ damaged: true }) / readingOf({})).toBeGreaterThan(1.9);
  expect(readingOf({ damaged: true }) / readingOf({})).toBeLessThan(2);
  expect(readingOf({ damaged: true, animated: true })).toBe(readingOf({ animated: true }));
});

const bomb = (frames: number, side = 1) =>
  planned({ width: side, height: side }, { format: "gif", animated: true, frames, alpha: true });

test("a GIF of 1,000 frames of one pixel, blown up to 12,000, is answered with its first frame", () => {
  for (const query of ["w=12000&fit=contain", "w=1900&fit=contain&format=webp", "w=12000&h=12000&fit=pad"]) {
    const { variant, cpuMs } = renderPlanFor(query, bomb(1_000));
    expect({ query, moves: variant.isAnimated }).toEqual({ query, moves: false });
    expect(cpuMs).toBeLessThanOrEqual(most);
  }
});

test("a GIF that would take too long at the size that was asked for moves at a smaller one", () => {
  const { variant, cpuMs } = renderPlanFor("w=900&fit=contain&format=webp", bomb(80, 600));
  expect(variant.isAnimated).toBe(true);
  expect(variant.canvas.width).toBeLessThan(900);
  // Nothing is given away.
  expect(cpuMs).toBeGreaterThan(most * 0.97);
  expect(cpuMs).toBeLessThanOrEqual(most);
});

test("an ordinary GIF keeps its size, its format and its motion", () => {
  const original = planned({ width: 480, height: 360 }, { format: "gif", animated: true, frames: 60 });
  const { variant } = renderPlanFor("w=400", original);
  expect(variant).toMatchObject({ isAnimated: true, format: "gif", canvas: { width: 400, height: 300 } });
});

test("a row from before frames were counted is taken for as many as there may be", () => {
  const known = renderPlanFor("w=200", bomb(1_000, 300));
  const unknown = renderPlanFor("w=200", {
    ...bomb(1, 300),
    facts: { ...bomb(1, 300).facts, frames: null },
  });
  expect(unknown.cpuMs).toBe(known.cpuMs);
});

test("what takes too long merely to be read is refused, and says why", () => {
  const dense = { ...planned({ width: 800, height: 600 }, { format: "avif" }), bytes: 12_000_000 };
  expect(planFor("w=100", dense)).toMatchObject({
    kind: "refused",
    reason: "The picture would take too long to be read.",
  });
});

test("tiles that reach beyond their picture, or come in it twice, are paid for", () => {
  for (const format of ["heic", "avif"] as const) {
    const costOf = (pixels: number) => {
      const coded = { width: 512, height: 512, pixels };
      return renderPlanFor("w=100", planned({ width: 512, height: 512 }, { format, coded })).cpuMs;
    };
    expect(costOf(2e6)).toBeGreaterThan(costOf(512 * 512) + 100);
  }
  const coded = { width: 512, height: 512, pixels: 200e6 };
  const heic = planned({ width: 512, height: 512 }, { format: "heic", coded });
  expect(planFor("w=100", heic)).toMatchObject({ kind: "refused" });
});

test("a TIFF of a hundred thousand JPEGs is paid for by the piece: one of 0.8 MB took 15 s", () => {
  const size = { width: 5056, height: 5056 };
  const tiled = (side: number) => {
    const coded = { width: side, height: side, pixels: 5056 * 5056 };
    const pieces = Math.ceil(5056 / side) ** 2;
    return { ...planned(size, { format: "tiff", coded, pieces }), bytes: 800_000 };
  };
  expect(planFor("size=s", tiled(16))).toMatchObject({ kind: "refused" });
  expect(renderPlanFor("size=s", tiled(256)).cpuMs).toBeLessThan(1_000);
});

test("frames of a GIF that are larger than its canvas are paid for: one of 16,000 pixels a side takes 1.4 s", () => {
  const coded = { width: 64, height: 64, pixels: 256e6 };
  const gif = planned({ width: 64, height: 64 }, { format: "gif", animated: true, frames: 2, coded });
  expect(renderPlanFor("w=60", gif).cpuMs).toBeGreaterThan(1_300);
});

test("a picture that takes long to be read is not read twice, for its border and once more", () => {
  const rgba = { format: "png", samplesPerPixel: 4, bitDepth: 16, alpha: true } as const;
  const deep = planned({ width: 11_000, height: 11_000 }, rgba);
  const plain = renderPlanFor("w=100", deep);
  expect(plain.cpuMs).toBeGreaterThan(most / 2);
  for (const query of ["w=100&trim=10", "w=100&h=90&fit=cover&gravity=auto"])
    expect(renderPlanFor(query, deep).look).toBeNull();
  const half = planned({ width: 6_000, height: 6_000 }, rgba);
  expect(renderPlanFor("w=100&trim=10", half).look).not.toBeNull();
});

test.each(sourceFormats.filter(isReadable))(
  "a larger %s, a longer file, a larger answer and more frames never cost less",
  (format) => {
    const cost = (scale: number, bytes: number, width: number, frames = 1) => {
      const size = { width: 100 * scale, height: 80 * scale };
      const facts = { format, animated: frames > 1, frames };
      return renderPlanFor(`w=${width}&fit=contain&format=gif`, { ...planned(size, facts), bytes }).cpuMs;
    };
    const steps = [1, 2, 3, 5, 8];
    const rising = (costs: readonly number[]) => expect(costs).toEqual(costs.toSorted((a, b) => a - b));
    // At a size that leaves nothing to be shrunk while a JPEG is decoded.
    rising(steps.map((step) => cost(step, 10_000, 1_600)));
    rising(steps.map((step) => cost(2, 10_000 * step, 64)));
    rising(steps.map((step) => cost(2, 10_000, 64 * step)));
    rising(steps.map((step) => cost(2, 10_000, 64, step)));
  },
);

test("no question about any picture costs more than a job may", () => {
  const next = seededRandom(7);
  const pick = <Choice>(choices: readonly Choice[]): Choice => {
    const choice = choices[Math.floor(next() * choices.length)];
    if (choice === undefined) throw new Error("nothing to choose from");
    return choice;
  };
  const side = () => Math.ceil(12_000 ** next());
  for (let round = 0; round < 4_000; round++) {
    const format = pick(["jpg", "png", "gif", "webp", "avif", "heic", "bmp", "ico", "tiff"] as const);
    const animated = (format === "gif" || format === "webp") && next() < 0.5;
    const facts: Partial<OriginalFacts> = {
      format,
      animated,
      frames: animated ? Math.ceil(1_000 ** next()) : 1,
      alpha: next() < 0.5,
      progressive: next() < 0.3,
      samplesPerPixel: pick([1, 1.5, 3, 4]),
      bitDepth: pick([8, 8, 16]),
    };
    const original = {
      ...planned({ width: side(), height: side() }, facts),
      bytes: Math.ceil(100e6 ** next()),
    };
    const query = [
      `w=${side()}`,
      `h=${side()}`,
      `fit=${pick(["contain", "cover", "pad", "squeeze", "scale-down"])}`,
      `format=${pick<OutputFormat>(outputFormats)}`,
      `q=${pick([1, 50, 80, 100])}`,
      ...(next() < 0.3 ? ["blur=20", "sharp=2"] : []),
      ...(next() < 0.3 ? ["gravity=auto", "trim=10"] : []),
      ...(next() < 0.3 ? ["lossless=true"] : []),
      ...(next() < 0.3 ? ["rotate=90"] : []),
    ].join("&");
    const plan = planFor(query, original);
    if (plan.kind !== "render") continue;
    // The look before and the render after it are one request's.
    const costs = [plan.cpuMs, plan.cpuMs + (plan.look?.cpuMs ?? 0)];
    expect({ query, format, fits: costs.every((ms) => ms > 0 && ms <= most) }).toEqual({
      query,
      format,
      fits: true,
    });
  }
});

test("a PNG or BMP of one bit a pixel costs by its pixels: one of 17,000 a side took 1.2 s for a price of 0.16", () => {
  const grey = { samplesPerPixel: 1, bitDepth: 1, colour: "gray" } as const;
  const bits = (format: "png" | "bmp", side: number) =>
    renderPlanFor("w=320", {
      ...planned({ width: side, height: side }, { format, ...grey }),
      bytes: 150_000,
    });
  expect(bits("png", 17_000).cpuMs).toBeGreaterThan(1_200);
  expect(bits("bmp", 16_000).cpuMs).toBeGreaterThan(1_700);
});

test("inks of a TIFF are paid for, and each of their tiles where they lie apart", () => {
  const inks = { format: "tiff", samplesPerPixel: 4, bitDepth: 8, colour: "cmyk" } as const;
  const size = { width: 8_500, height: 8_500 };
  const whole = { ...planned(size, inks), bytes: 4_500_000 };
  expect(renderPlanFor("w=320", whole).cpuMs).toBeGreaterThan(2_900);
  const small = { width: 2_528, height: 2_528 };
  const coded = { width: 16, height: 16, pixels: 2_528 * 2_528 };
  const inTiles = { ...planned(small, { ...inks, coded }), bytes: 2_000_000 };
  const inOne = { ...planned(small, inks), bytes: 2_000_000 };
  expect(renderPlanFor("w=320", inTiles).cpuMs - renderPlanFor("w=320", inOne).cpuMs).toBeGreaterThan(900);
});

test("a PNG of 12,000 x 4,000 comes smaller than it would take 5 s to be written", () => {
  const photo = planned({ width: 4000, height: 3000 }, { format: "jpg", samplesPerPixel: 1.5 });
  const { variant, cpuMs } = renderPlanFor("w=12000&h=4000&fit=squeeze&format=png", photo);
  const { width, height } = variant.canvas;
  // 198 ms a megapixel as measured.
  expect(0.198 * ((width * height) / 1e3)).toBeLessThan(4_500);
  expect(cpuMs).toBeGreaterThan(most * 0.97);
});
