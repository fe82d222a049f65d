// A limit of a job is what it may just come to: a job of exactly so much is done, and one of a frame, a pixel or a byte more is not.
import { describe, expect, test } from "vitest";
import type { Damage } from "../../../workers/formats/damage.ts";
import { overLimits } from "../../../workers/src/plan/animation-limits.ts";
import { defaultLimits, fitsWithin, makePlan } from "../../../workers/src/plan/plan.ts";
import { planned } from "../../support/planned-original.ts";

const limits = {
  ...defaultLimits,
  maxOriginalPixels: 1_000_000,
  animation: { maxFrames: 10, maxMegapixels: 1 },
};
const asked = { transform: { w: 8 }, extension: "gif", accept: "" };

describe("an original of", () => {
  test.each([
    [1_000, 1_000, "render"],
    [1_001, 1_000, "refused"],
    [1_000, 1_001, "refused"],
  ])("%i x %i pixels, where a megapixel is allowed: %s", (width, height, kind) => {
    const plan = makePlan({ ...asked, extension: "png" }, planned({ width, height }), limits);
    expect(plan.kind).toBe(kind);
    if (plan.kind === "refused") expect(plan.reason).toBe("The picture has more than 1 megapixels.");
  });
});

describe("a film, where ten frames and a megapixel in all are allowed, moves or stands:", () => {
  test.each<[frames: number | null, width: number, height: number, coded: number | null, moves: boolean]>([
    [10, 100, 100, null, true],
    [11, 10, 10, null, false],
    [10, 1_000, 100, null, true],
    [10, 1_001, 100, null, false],
    [10, 1_000, 101, null, false],
    [null, 1_000, 1_000, null, true],
    // What is coded counts where it is known: frames that are smaller than the canvas, or larger.
    [10, 1_000, 200, 1_000_000, true],
    [10, 10, 10, 1_000_001, false],
  ])("%s frames of %i x %i, coded in %s pixels: %s", (frames, width, height, pixels, moves) => {
    const coded = pixels === null ? {} : { coded: { width, height, pixels } };
    const film = planned({ width, height }, { format: "gif", animated: true, frames, ...coded });
    const plan = makePlan(asked, film, { ...limits, cpuMilliseconds: 1e9 });
    expect(plan.kind === "render" && plan.variant.isAnimated).toBe(moves);
  });
});

describe("frames that are found while they are read, where ten and a megapixel in all are allowed:", () => {
  const told = (over: Damage | null) => over && [over.message, over.code];
  test.each([
    [10, 1_000_000, null],
    [11, 1, ["it has more than 10 frames", "too-large"]],
    [1, 1_000_001, ["its frames hold more than 1 megapixels together", "too-large"]],
  ])("%i frames of %i pixels", (frames, pixels, refusal) => {
    expect(told(overLimits(limits.animation, frames, pixels))).toEqual(refusal);
  });
});

describe("a job fits", () => {
  const most = {
    memoryBytes: limits.memoryBytes,
    mostBytes: limits.isolateBytes,
    cpuMs: limits.cpuMilliseconds,
  };
  test("that takes all there is", () => expect(fitsWithin(limits, most)).toBe(true));

  test.each(["memoryBytes", "mostBytes", "cpuMs"] as const)("no longer with one more of %s", (name) => {
    expect(fitsWithin(limits, { ...most, [name]: most[name] + 1 })).toBe(false);
  });
});

test("the limits are those of the docs", () => {
  expect(defaultLimits).toEqual({
    isolateBytes: 104_857_600,
    memoryBytes: 92_274_688,
    cpuMilliseconds: 4_500,
    maxOriginalPixels: 300_000_000,
    animation: { maxFrames: 1_000, maxMegapixels: 300 },
  });
});
