import { describe, expect, test } from "vitest";
import type { Size } from "../../../schema/facts.ts";
import { parseTransform } from "../../../schema/transform.ts";
import { namedSize } from "../../../workers/shared/size.ts";
import { defaultLimits, makePlan } from "../../../workers/src/plan/plan.ts";
import { seededRandom } from "../../harness/seeded-random.ts";
import { planned } from "../../support/planned-original.ts";

const size = (width: number, height: number): Size => ({ width, height });

describe("named sizes", () => {
  test.each([
    [size(4000, 3000), "s", size(426, 320)],
    [size(4000, 3000), "m", size(853, 640)],
    [size(4000, 3000), "l", size(1440, 1080)],
    [size(3000, 4000), "m", size(640, 853)],
    [size(300, 200), "s", size(300, 200)],
    [size(321, 320), "s", size(321, 320)],
    [size(1, 1), "l", size(1, 1)],
    [size(20_000, 3), "s", size(20_000, 3)],
    [size(20_000, 400), "s", size(12_000, 240)],
  ] as const)("of %o at %s are %o", (source, name, expected) => {
    expect(namedSize(source, name)).toEqual(expected);
  });

  test("in the API and in the bytes are the same for every shape", () => {
    const next = seededRandom(7);
    const side = () => Math.ceil(10 ** (next() * 4.3));
    for (let round = 0; round < 20_000; round++) {
      const source = round === 0 ? size(1, 1) : round === 1 ? size(20_000, 3) : size(side(), side());
      for (const name of ["s", "m", "l"] as const) {
        const transform = parseTransform(new URLSearchParams({ size: name }));
        const plan = makePlan({ transform, extension: "png", accept: "" }, planned(source), {
          ...defaultLimits,
          memoryBytes: Number.POSITIVE_INFINITY,
          cpuMilliseconds: Number.POSITIVE_INFINITY,
          maxOriginalPixels: Number.POSITIVE_INFINITY,
        });
        const served = plan.kind === "render" ? plan.variant.canvas : source;
        expect(served).toEqual(namedSize(source, name));
      }
    }
  });
});
