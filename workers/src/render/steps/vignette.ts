// Vignette: light falls off from the middle to the corners as behind a lens; below 0 it is the corners that are lit.
import { breathe } from "../../kernel/host/breath.ts";
import type { Step } from "./step.ts";

/** At 100 a corner keeps a seventh of its light. */
const FALL = 1.6;
/** White is laid over much faster than it is taken away. */
const RISE = 0.6;
/** sRGB's curve is about this power: light multiplied is tone multiplied. */
const CURVE = 2.2;
const LEVELS = 1024;
const MS_PER_MEGAPIXEL = 12;

export const vignette: Step = async (pixels, { retouch }) => {
  const { vignette: asked = 0 } = retouch ?? {};
  if (asked === 0) return pixels;
  const { data, width, height } = pixels;
  const fall = (asked > 0 ? FALL * asked : -RISE * asked) / 100;
  // By the square of the distance from the middle, where a corner's is 1.
  const gains = Float32Array.from(
    { length: LEVELS + 1 },
    (_, level) => (1 + fall * (level / LEVELS) ** 1.5) ** (-2 / CURVE),
  );
  const across = Float32Array.from(
    { length: width },
    (_, x) => (LEVELS / 2) * ((2 * x + 1) / width - 1) ** 2,
  );
  const white = asked > 0 ? 0 : 255;
  for (let y = 0; y < height; y++) {
    const down = (LEVELS / 2) * ((2 * y + 1) / height - 1) ** 2;
    let at = y * width * 4;
    for (let x = 0; x < width; x++, at += 4) {
      const place = (across[x] ?? 0) + down;
      const level = place | 0;
      const near = gains[level] ?? 1;
      const gain = near + (place - level) * ((gains[level + 1] ?? near) - near);
      data[at] = ((data[at] ?? 0) - white) * gain + white;
      data[at + 1] = ((data[at + 1] ?? 0) - white) * gain + white;
      data[at + 2] = ((data[at + 2] ?? 0) - white) * gain + white;
    }
    const pause = breathe((MS_PER_MEGAPIXEL * width) / 1e6);
    if (pause) await pause;
  }
  return pixels;
};
