// Seeded choices for the sums: the same cases in every run, of sizes from one pixel to a poster.
import { type Random, seededRandom } from "../../harness/seeded-random.ts";

export interface Draw {
  whole(least: number, most: number): number;
  /** As often small as large. */
  side(): number;
  pick<Choice>(first: Choice, ...others: readonly Choice[]): Choice;
}

export function drawing(name: string): Draw {
  const next: Random = seededRandom([...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7));
  const whole = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    whole,
    side: () => whole(1, 2 ** whole(3, 13)),
    pick: (first, ...others) => [first, ...others][whole(0, others.length)] ?? first,
  };
}

/** Adds up `figure` over cases of its own; the smallest change of a formula shows in one of them. */
export function sumOf(name: string, cases: number, figure: (draw: Draw) => number): number {
  const draw = drawing(name);
  let sum = 0;
  for (let round = 0; round < cases; round++) sum += figure(draw);
  return sum;
}
