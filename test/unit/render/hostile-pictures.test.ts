// Holds all of src, in a raw workerd, to what strangers' files may do: a picture or a refusal, never a fault.

import { afterAll, expect, test } from "vitest";
import { bombs } from "../../harness/hostile/bombs.ts";
import { mutate } from "../../harness/hostile/mutate.ts";
import { absurdQuery } from "../../harness/hostile/queries.ts";
import { loadSeeds } from "../../harness/hostile/seeds.ts";
import { Target } from "../../harness/hostile/target.ts";
import { seededRandom } from "../../harness/seeded-random.ts";

const target = new Target();
afterAll(() => target.stop());

test.each(bombs)("a bomb goes off harmlessly: $name", async ({ make, query, limitMs }) => {
  const { finding } = await target.attack(await make(), query ?? "w=320&format=jpg", limitMs);
  expect(finding).toBeUndefined();
});

test("200 damaged pictures with absurd queries are rendered or refused", async () => {
  const seeds = await loadSeeds([]);
  const random = seededRandom(2026);
  const findings: string[] = [];
  for (let round = 0; round < 200; round++) {
    const seed = seeds[Math.floor(random() * seeds.length)];
    if (!seed) throw new Error("there is nothing to damage");
    const file = mutate(seed.file, seed.format === "png", random);
    const query = absurdQuery(random);
    const { finding } = await target.attack(file, query);
    if (finding !== undefined) findings.push(`${round}: ${seed.name}?${query}: ${finding}`);
  }
  expect(findings).toEqual([]);
}, 120_000);
