// Texture: fine detail, brought out or smoothed. Detail is what a blur takes away that stops at edges, so that edges get no seams.
import { fineGrain } from "../../plan/retouch.ts";
import { BLUE, GREEN, RED } from "../light.ts";
import { alongLines, guidedBy } from "../retouch/guided.ts";
import { withScratch } from "../retouch/scratch.ts";
import { smallLight } from "../retouch/small-light.ts";
import { overStrips } from "../retouch/strips.ts";
import type { Step } from "./step.ts";

/** How far light may vary in a texture: wood, cloth, skin. */
const EDGE = 0.07 ** 2;
/** How much is added of it, and taken away. */
const MOST = 1.4;
const LEAST = 0.85;

export const texture: Step = async (pixels, { retouch }) => {
  const { texture: asked = 0 } = retouch ?? {};
  if (asked === 0) return pixels;
  const amount = (asked / 100) * (asked > 0 ? MOST : LEAST);
  const { by, radius, rows, overlap } = fineGrain(pixels);
  await withScratch((scratch) =>
    overStrips(pixels, { rows, overlap, msPerMegapixel: 60 }, async (part) => {
      scratch.reuse();
      const light = smallLight(part, by, scratch);
      const lines = guidedBy(light, radius, EDGE, by, scratch)(light);
      const { data, width } = part;
      await alongLines(part, lines, (y, slope, offset) => {
        let at = y * width * 4;
        for (let x = 0; x < width; x++, at += 4) {
          const red = data[at] ?? 0;
          const green = data[at + 1] ?? 0;
          const blue = data[at + 2] ?? 0;
          const tone = RED * red + GREEN * green + BLUE * blue;
          const change = amount * (tone - (slope[x] ?? 0) * tone - 255 * (offset[x] ?? 0));
          data[at] = red + change;
          data[at + 1] = green + change;
          data[at + 2] = blue + change;
        }
      });
    }),
  );
  return pixels;
};
