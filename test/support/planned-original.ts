// An original as the plan knows it: what a test does not say is plain.
import type { Size } from "../../schema/facts.ts";
import type { PlannedOriginal } from "../../workers/src/plan/plan.ts";
import type { OriginalFacts } from "../../workers/src/plan/stored-facts.ts";

/** A PNG of this size, changed as the test says. */
export function planned({ width, height }: Size, facts: Partial<OriginalFacts> = {}): PlannedOriginal {
  const format = facts.format ?? "png";
  return {
    format,
    transformable: true,
    isDamaged: false,
    bytes: 100_000,
    hiddenMetadata: "strip",
    facts: {
      format,
      width,
      height,
      orientation: 1,
      animated: false,
      frames: 1,
      alpha: false,
      progressive: false,
      samplesPerPixel: 3,
      bitDepth: 8,
      hasIcc: false,
      ...facts,
    },
  };
}
