// Which originals deserve a master, and that what starts from one is the same picture for less.
import { describe, expect, test } from "vitest";
import { parseTransform } from "../../../schema/transform.ts";
import { fromMaster } from "../../../workers/src/plan/from-master.ts";
import { factsOfMaster, type Master, type MasterPlan, masterFor } from "../../../workers/src/plan/master.ts";
import { defaultLimits, fitsWithin, makePlan } from "../../../workers/src/plan/plan.ts";
import type { OriginalFacts } from "../../../workers/src/plan/stored-facts.ts";
import { isReadable } from "../../../workers/src/plan/traits.ts";
import { planned } from "../../support/planned-original.ts";

function deserved(
  facts: Partial<OriginalFacts>,
  megapixels: number,
  bitsPerPixel = 4,
  isDrawing = false,
): MasterPlan | null {
  const width = Math.round(Math.sqrt((megapixels * 1e6 * 4) / 3));
  const size = { width, height: Math.round((width * 3) / 4) };
  const original = planned(size, {
    samplesPerPixel: [undefined, "png", "tiff"].includes(facts.format) ? 3 : 1.5,
    ...facts,
  });
  const { format } = original.facts;
  if (!isReadable(format)) throw new Error(`${format} is not read`);
  const bytes = (size.width * size.height * bitsPerPixel) / 8;
  return masterFor({ format, facts: original.facts, bytes }, isDrawing, defaultLimits);
}

describe("a master", () => {
  test.each([
    ["a phone's HEIC", { format: "heic" }, 12.2, 2, "jpg"],
    ["an AVIF", { format: "avif" }, 1.92, 1, "jpg"],
    ["a large WebP", { format: "webp" }, 12, 2, "jpg"],
    ["a large PNG", {}, 12, 13, "jpg"],
    ["a large TIFF", { format: "tiff" }, 12, 24, "jpg"],
    ["a HEIC with alpha", { format: "heic", alpha: true }, 12, 2, "png"],
  ] as const)("%s deserves one", (_, facts, megapixels, bits, format) => {
    const master = deserved(facts, megapixels, bits);
    expect(master).toMatchObject({ format });
    expect(master && fitsWithin(defaultLimits, master)).toBe(true);
  });

  test.each([
    ["a JPEG", { format: "jpg" }, 50, 4],
    ["a small HEIC", { format: "heic" }, 1, 2],
    ["a WebP as pages have it", { format: "webp" }, 2, 2],
    ["a PNG of a screen", {}, 4, 8],
    ["a film", { format: "webp", animated: true }, 12, 1],
    ["what is broken", { format: "webp", damaged: true }, 8, 1],
    ["what is cut by its maker", { format: "heic", crop: { x: 1, y: 1, width: 9, height: 9 } }, 12, 2],
    ["what no job could read", { format: "avif" }, 12, 2],
    ["a GIF", { format: "gif" }, 12, 2],
  ] as const)("%s does not", (_, facts, megapixels, bits) => {
    expect(deserved(facts, megapixels, bits)).toBe(null);
  });

  test("is bounded, in pixels and in bytes, and a phone's picture stays as large as it is", () => {
    expect(deserved({ format: "heic" }, 12.193)?.size).toEqual({ width: 4032, height: 3024 });
    const large = deserved({ format: "heic" }, 48, 1.5);
    expect(large && large.size.width * large.size.height).toBeLessThan(12.6e6);
    expect(large?.mostFileBytes).toBe(12 << 20);
    const clear = deserved({ format: "heic", alpha: true }, 24);
    expect(clear && clear.size.width * clear.size.height).toBeLessThan(4.1e6);
  });

  test("of a drawing is no JPEG", () => {
    expect(deserved({ format: "tiff" }, 12, 12, true)?.format ?? "png").toBe("png");
  });
});

const original = planned(
  { width: 4000, height: 3000 },
  { format: "heic", orientation: 6, samplesPerPixel: 1.5 },
);
const master: Master = { engine: 17, format: "jpg", width: 4000, height: 3000, bytes: 5e6 };
const smaller: Master = { ...master, width: 2000, height: 1500, bytes: 1e6 };

function both(query: string, from: Master, of = original) {
  const asked = {
    transform: parseTransform(new URLSearchParams(query)),
    extension: "jpg",
    accept: "image/avif,image/webp",
  };
  const direct = makePlan(asked, of, defaultLimits);
  const plan = fromMaster(direct, of, from, defaultLimits);
  if (direct.kind !== "render" || plan.kind !== "render") throw new Error("nothing is rendered");
  return { direct, plan };
}

describe("a render from a master", () => {
  test.each([
    "w=800",
    "size=l",
    "w=300&h=300&fit=cover",
    "w=500&rotate=90",
    "w=640&format=auto",
    "w=500&h=500&fit=pad&blur=4",
    "w=400&h=400&fit=cover&gravity=auto",
  ])("%s is the same picture, for less", (query) => {
    const { direct, plan } = both(query, master);
    const { master: from, source, caps, cpuMs, memoryBytes, mostBytes, inRows, look, ...same } = plan;
    expect([from, source]).toEqual([master, "jpg"]);
    expect(direct).toMatchObject(same);
    expect(cpuMs).toBeLessThan(direct.cpuMs / 2);
    expect(look === null).toBe(direct.look === null);
    expect(fitsWithin(defaultLimits, { memoryBytes, mostBytes, cpuMs })).toBe(true);
  });

  test.each(["w=500", "w=300&h=300&fit=cover", "w=300&h=700&fit=cover&flip=h"])(
    "%s shows the same part of one that is smaller than its original",
    (query) => {
      const { direct, plan } = both(query, smaller);
      const { window } = plan.variant;
      expect(plan.master).toBe(smaller);
      expect(plan.variant).toEqual({ ...direct.variant, window });
      for (const side of ["x", "y", "width", "height"] as const)
        expect(window[side], side).toBeCloseTo(direct.variant.window[side] / 2, 6);
      expect(window.x + window.width).toBeLessThanOrEqual(1500);
      expect(window.y + window.height).toBeLessThanOrEqual(2000);
    },
  );

  test.each([
    "w=1715",
    "w=900&h=2400&fit=cover",
    "q=70",
    "w=800&sharp=1",
    "w=800&contrast=1.6",
    "w=800&trim=5",
    "w=800&format=webp&lossless=true",
  ])("%s is none: it starts from the original", (query) => {
    const { direct, plan } = both(query, master);
    expect(plan).toBe(direct);
  });

  test("one without loss and of full size is as good as its original at any size", () => {
    const clear = planned({ width: 1500, height: 1000 }, { format: "avif", alpha: true });
    const png: Master = { ...master, format: "png", width: 1500, height: 1000, bytes: 3e6 };
    expect(both("w=1500&blur=1&format=png", png, clear).plan.master).toBe(png);
    expect(both("w=1400&format=png", { ...png, width: 1450, height: 967 }, clear).plan.master).toBe(
      undefined,
    );
  });

  test("a master says of itself what its original says, as far as it is still true", () => {
    expect(factsOfMaster(master, original.facts)).toMatchObject({
      format: "jpg",
      orientation: 6,
      alpha: false,
      hasIcc: false,
    });
  });
});
