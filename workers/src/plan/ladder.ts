// Which variants an image is expected to have: so few that they bound themselves. All others can be minted without end by whoever writes numbers
// into addresses, and are made at a measured pace. What a URL shows never depends on this.
import { neutral, type Transform } from "../../../schema/transform.ts";

/** Widths and heights that pages ask for: of phones, tablets and screens, their halves and doubles. */
const STEPS: ReadonlySet<number> = new Set([
  ...[
    16, 32, 48, 64, 96, 100, 128, 150, 160, 200, 240, 256, 300, 320, 360, 384, 400, 480, 500, 512, 600, 640,
  ],
  ...[
    720, 750, 768, 800, 828, 900, 960, 1000, 1024, 1080, 1200, 1280, 1366, 1440, 1500, 1600, 1920, 2000, 2048,
  ],
  ...[2400, 2560, 3000, 3200, 3840],
]);
const DENSITIES: ReadonlySet<number> = new Set([1, 2, 3]);
/** They have few values, or change no pixel. */
const FREE: ReadonlySet<string> = new Set(["format", "anim", "download", "metadata", "size"]);

/** A named size, or one side on a step of the ladder; in any format, and nothing else. */
export function isOnLadder({ w, h, dpr = 1, ...others }: Transform): boolean {
  const sides = [w, h].filter((side) => side !== undefined);
  const isStep = sides.length < 2 && sides.every((side) => STEPS.has(side)) && DENSITIES.has(dpr);
  const changes = Object.entries(others).filter(([name, value]) => !FREE.has(name) && value !== undefined);
  return isStep && changes.every(([name, value]) => value === atRest.get(name));
}

const atRest: ReadonlyMap<string, unknown> = new Map(Object.entries(neutral));
