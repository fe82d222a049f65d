// Random queries through all steps on small random pictures: none traps, sizes and alpha stay, and the same query gives the same bytes.
import { expect } from "vitest";
import { parseTransform, printTransform } from "../../schema/transform.ts";
import type { Pixels } from "../../workers/src/geometry/pixels.ts";
import { defaultLimits, makePlan } from "../../workers/src/plan/plan.ts";
import { steps } from "../../workers/src/render/pipeline.ts";
import { seededRandom } from "../harness/seeded-random.ts";
import { planned } from "../support/planned-original.ts";

interface RandomQueries {
  readonly rounds: number;
  readonly names: readonly string[];
  /** How many parameters a query has at most. */
  readonly most: number;
  readonly draw: (name: string, random: () => number) => string;
}

export async function tryRandomQueries({ rounds, names, most, draw }: RandomQueries): Promise<void> {
  const random = seededRandom(14);
  const drawn = (below: number) => Math.floor(random() * below);
  for (let round = 0; round < rounds; round++) {
    const query = new URLSearchParams();
    for (let left = 1 + drawn(most); left > 0; left--) {
      const name = names[drawn(names.length)] ?? "";
      query.append(name, draw(name, random));
    }
    const transform = parseTransform(query);
    expect(parseTransform(printTransform(transform))).toEqual(transform);
    const [width, height] = [1 + drawn(20), 1 + drawn(20)];
    const original = planned({ width, height }, { format: "png", alpha: true });
    const plan = makePlan({ transform, extension: "png", accept: "" }, original, defaultLimits);
    if (plan.kind !== "render") continue;
    const data = Uint8ClampedArray.from({ length: width * height * 4 }, () => random() * 256);
    const run = async () => {
      let pixels: Pixels = { width, height, data: data.slice() };
      for (const step of steps) pixels = await step(pixels, plan.variant);
      return pixels;
    };
    const made = await run();
    expect([query.toString(), made.width, made.height]).toEqual([query.toString(), width, height]);
    expect(alphaOf(made.data), query.toString()).toEqual(alphaOf(data));
    if (round % 50 === 0) expect((await run()).data, query.toString()).toEqual(made.data);
  }
}

const alphaOf = (data: Uint8ClampedArray) => data.filter((_, at) => at % 4 === 3);
