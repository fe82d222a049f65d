// Looks, in the order in which they are done, and what of them is seen.
import type { Pixels } from "../../geometry/pixels.ts";
import { breathe } from "../../kernel/host/breath.ts";
import { isMixedAfter, type Looks } from "../../plan/looks.ts";
import { dither } from "../looks/dither.ts";
import { frosted } from "../looks/frosted.ts";
import { oil } from "../looks/oil.ts";
import { pixelate } from "../looks/pixelate.ts";
import { edges, emboss } from "../looks/relief.ts";
import { halftone, threshold } from "../looks/screens.ts";
import { film, inks } from "../looks/tones.ts";
import type { Step } from "./step.ts";

type LookStep = (pixels: Pixels, looks: Looks) => Promise<void> | undefined;

/** Where a look is asked for; all change the picture in place, and leave its alpha. */
const where =
  <Name extends keyof Looks>(
    name: Name,
    work: (pixels: Pixels, value: NonNullable<Looks[Name]>, looks: Looks) => Promise<void>,
  ): LookStep =>
  (pixels, asked) => {
    const value = asked[name];
    return value === undefined ? undefined : work(pixels, value, asked);
  };

export const lookSteps: readonly LookStep[] = [
  // What looks around a pixel.
  where("oil", oil),
  where("frosted", frosted),
  where("edges", edges),
  where("emboss", emboss),
  // `filter`, `grayscale`, `sepia`.
  film,
  // Grids and screens.
  where("pixelate", pixelate),
  where("threshold", threshold),
  where("halftone", halftone),
  where("dither", dither),
  // `monochrome`, `duotone`, `invert`, `solarize`.
  inks,
];

export const looks: Step = async (pixels, { looks: asked }) => {
  if (asked === undefined) return pixels;
  const before = isMixedAfter(asked) ? pixels.data.slice() : null;
  for (const step of lookSteps) await step(pixels, asked);
  if (before) await mix(pixels.data, before, asked.look ?? 1);
  return pixels;
};

const PIECE_BYTES = 4 << 18;

/** What was, where less than all of what it has become is to be seen. */
async function mix(data: Uint8ClampedArray, before: Uint8ClampedArray, share: number): Promise<void> {
  for (let start = 0; start < data.length; start += PIECE_BYTES) {
    const end = Math.min(data.length, start + PIECE_BYTES);
    for (let at = start; at < end; at++) {
      const was = before[at] ?? 0;
      data[at] = was + ((data[at] ?? 0) - was) * share;
    }
    const pause = breathe(2);
    if (pause) await pause;
  }
}
