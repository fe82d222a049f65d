// Each look alone, as the tools of a retouch are.

import type { Job } from "./jobs.ts";
import { around, pixelwise } from "./retouch-job.ts";

export const lookJobs: Readonly<Record<string, Job>> = {
  "look-filter": pixelwise("filter=vintage"),
  "look-duotone": pixelwise("duotone=1e1e5a,ffd9a0"),
  "look-sepia-half": pixelwise("sepia=80&look=0.5"),
  "look-pixelate": pixelwise("pixelate=12"),
  "look-threshold": pixelwise("threshold=50"),
  "look-halftone": pixelwise("halftone=6"),
  "look-dither": around("dither=2"),
  "look-oil": around("oil=60"),
  "look-oil-half": around("oil=60&look=0.5"),
  "look-frosted": around("frosted=50"),
  "look-edges": around("edges=100"),
  "look-frame": pixelwise("border=12,white&radius=max"),
  "look-emboss": around("emboss=50"),
};
