// A picture that outgrows its plan is made again, smaller: that is paid for as well, and never takes longer than one job may.
import { expect, test } from "vitest";
import { Stopwatch } from "../../workers/src/door/stopwatch.ts";
import { capOf } from "../../workers/src/plan/caps.ts";
import { defaultLimits, type RenderPlan } from "../../workers/src/plan/plan.ts";
import { writers } from "../../workers/src/plan/traits.ts";
import { MemoryError } from "../../workers/src/render/memory-error.ts";
import { render } from "../../workers/src/render/pipeline.ts";
import { triesOf } from "../../workers/src/render/tries.ts";
import { fileOf, noise } from "../support/noise.ts";
import { planned } from "../support/planned-original.ts";
import { renderPlanFor } from "../unit/plan/cases.ts";
import { heldBytes } from "./src-request.ts";

const SIDE = { width: 640, height: 480 };

/** Noise without loss to WebP, which has the memory that a picture of half its side takes. */
async function tooLarge(changes: Partial<RenderPlan> = {}) {
  const file = await fileOf("png", noise(SIDE.width, SIDE.height, 1), 80);
  const original = planned(SIDE, { format: "png", samplesPerPixel: 4, alpha: true });
  const plan = renderPlanFor("format=webp&lossless=true", { ...original, bytes: file.length });
  const half = { width: SIDE.width / 2, height: SIDE.height / 2 };
  const writer = capOf(writers.webp.codecBytes(half, true, true));
  const small = { ...plan, caps: { ...plan.caps, writer }, ...changes };
  const paid: number[] = [];
  const sizes: number[] = [];
  return {
    plan: small,
    paid,
    sizes,
    run: (pay: (cpuMs: number) => Promise<void>) =>
      render(
        small,
        heldBytes(file),
        original.facts,
        new Stopwatch(),
        () => (piece) => void sizes.push(piece.length),
        async (cpuMs) => {
          paid.push(cpuMs);
          await pay(cpuMs);
        },
      ),
  };
}

test("each further try is paid for as the first one was", async () => {
  const { plan, paid, sizes, run } = await tooLarge();
  await run(async () => undefined);
  expect(sizes.length).toBeGreaterThan(0);
  expect(paid.length).toBeGreaterThan(0);
  expect(new Set(paid)).toEqual(new Set([plan.cpuMs]));
});

test("whoever can't pay gets his refusal, and no further try", async () => {
  const { paid, sizes, run } = await tooLarge();
  await expect(run(() => Promise.reject(new Error("over budget")))).rejects.toThrow("over budget");
  expect(paid).toHaveLength(1);
  expect(sizes).toEqual([]);
});

test("what would take longer in all than one job may is not tried again", async () => {
  const { paid, run } = await tooLarge({ cpuMs: defaultLimits.cpuMilliseconds * 0.6 });
  await expect(run(async () => undefined)).rejects.toThrow(MemoryError);
  expect(paid).toEqual([]);
});

test("what moves and can't be made again in time comes as its first frame", () => {
  const film = planned({ width: 8, height: 8 }, { format: "gif", animated: true, frames: 1_000 });
  const plan = renderPlanFor("w=400&h=400&fit=squeeze&format=webp", film);
  expect(plan.variant.isAnimated).toBe(true);
  const tries = triesOf(plan, film.facts);
  expect(tries.map(({ plan: { variant } }) => variant.isAnimated)).toEqual([true, true, true, false]);
  expect(tries.at(-1)?.cpuMs).toBeCloseTo(plan.cpuMs / 1_000);
  expect(tries.at(-1)?.plan.variant.canvas).toEqual(plan.variant.canvas);
});
