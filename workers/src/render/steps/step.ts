// The shape of a step: pixels in, pixels out, told by the variant. With nothing to do it answers what it got;
// it may change pixels in place, since nobody else holds them.
import type { Pixels } from "../../geometry/pixels.ts";
import type { Variant } from "../../plan/variant.ts";

export type Step = (pixels: Pixels, variant: Variant) => Pixels | Promise<Pixels>;
