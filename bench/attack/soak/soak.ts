// Attacks and honest requests at once against one pair of Workers, for minutes: what creeps, what dies, and who is turned away.

import { seededRandom } from "../../../test/harness/seeded-random.ts";
import type { Attack } from "../attack.ts";
import type { Product } from "../host/product.ts";
import { problemOf } from "../judge.ts";
import { World } from "../world.ts";
import { askHonestly } from "./honest.ts";
import { Watch } from "./watch.ts";

export interface Soak {
  readonly minutes: number;
  /** What comes when is drawn from it; how the requests fall together is not. */
  readonly seed: number;
}

const ATTACKERS = 2;
const HONEST = 2;

/** Prints a line each half minute and the sum; answers whether all went well. */
export async function soak(
  rows: readonly Attack[],
  product: Product,
  { minutes, seed }: Soak,
): Promise<boolean> {
  const world = new World(product);
  const watch = new Watch(product, minutes);
  const lane = async (number: number, step: (random: () => number) => Promise<void>) => {
    const random = seededRandom(seed * 100 + number);
    while (!watch.isOver) {
      await step(random);
      await watch.mend();
    }
  };
  const attack = async (random: () => number) => {
    const row = rows[Math.floor(random() * rows.length)];
    if (!row) return;
    const restarts = watch.restarts;
    const file = (await row.make?.()) ?? new Uint8Array();
    const problems = await Promise.all((await row.run(world, file)).map(problemOf));
    // Its connections were cut when a Worker died: that is counted once, as the restart.
    const isCut = watch.restarts > restarts || watch.hasDied;
    watch.attacked(row.name, isCut ? [] : problems.filter((problem) => problem !== undefined));
  };
  const honest = async (random: () => number) => watch.served(await askHonestly(world, random));
  const lanes = [
    ...Array.from({ length: ATTACKERS }, (_, number) => lane(number, attack)),
    ...Array.from({ length: HONEST }, (_, number) => lane(10 + number, honest)),
  ];
  await Promise.all([watch.run(), ...lanes]);
  await watch.rest();
  return watch.summarise();
}
