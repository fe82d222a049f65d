// What the plan foresees, held to the last byte: a formula that is changed by mistake shows here, and one that is refitted shows by how much.
import { jobFigures } from "./jobs.ts";
import { kernelFigures } from "./kernel.ts";
import { plansInWords } from "./plans.ts";

export interface PlanFigures {
  /** Sums over seeded cases: bytes, milliseconds. */
  readonly sums: Readonly<Record<string, number>>;
  readonly plans: Readonly<Record<string, string>>;
}

export const planFigures = (): PlanFigures => ({
  sums: { ...kernelFigures(), ...jobFigures() },
  plans: plansInWords(),
});
