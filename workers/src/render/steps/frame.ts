// A border over the picture's edge, and corners that are cut off: a pixel that an edge goes through gets its share.
import type { Pixels } from "../../geometry/pixels.ts";
import { breathe } from "../../kernel/host/breath.ts";
import { type Colour, parseColour } from "../../plan/colour.ts";
import { FRAME_MS_PER_MEGAPIXEL } from "../../plan/frame.ts";
import type { Step } from "./step.ts";

export const frame: Step = async (pixels, { frame: asked }) => {
  if (asked === undefined) return pixels;
  const { width, height, data } = pixels;
  const most = Math.min(width, height) / 2;
  const radius = asked.radius === "max" ? most : Math.min(asked.radius, most);
  const thick = Math.min(asked.border?.width ?? 0, most);
  const colour = asked.border && parseColour(asked.border.colour);
  const paper = asked.paper === undefined ? null : parseColour(asked.paper);
  const outer = within(pixels, 0, radius);
  const inner = within(pixels, thick, Math.max(0, radius - thick));
  // Further in, nothing changes.
  const rim = Math.ceil(Math.max(thick, radius));
  for (let y = 0; y < height; y++) {
    const isThrough = y < rim || y >= height - rim;
    for (let x = 0; x < width; x++) {
      if (!isThrough && x >= rim && x < width - rim) x = width - rim;
      const at = (y * width + x) * 4;
      if (colour) lay(data, at, colour, 1 - inner(x, y));
      const share = outer(x, y);
      if (share === 1) continue;
      data[at + 3] = (data[at + 3] ?? 0) * share;
      if (paper) put(data, at, paper);
    }
    const pause = breathe((FRAME_MS_PER_MEGAPIXEL * width) / 1e6);
    if (pause) await pause;
  }
  return pixels;
};

/** How much of a pixel lies in the picture less `inset` on each side, with corners of such a radius. */
function within({ width, height }: Pixels, inset: number, radius: number) {
  const [middleX, middleY] = [width / 2, height / 2];
  const [straightX, straightY] = [middleX - inset - radius, middleY - inset - radius];
  return (x: number, y: number): number => {
    const across = Math.abs(x + 0.5 - middleX) - straightX;
    const down = Math.abs(y + 0.5 - middleY) - straightY;
    const beyond = across > 0 && down > 0 ? Math.sqrt(across * across + down * down) : Math.max(across, down);
    return Math.min(1, Math.max(0, radius - beyond + 0.5));
  };
}

/** A colour over a pixel, as far as `share`. */
function lay(data: Uint8ClampedArray, at: number, colour: Colour, share: number): void {
  const front = (colour.alpha / 255) * share;
  if (front > 0) mix(data, at, colour, front, ((data[at + 3] ?? 0) / 255) * (1 - front));
}

/** A colour under a pixel. */
function put(data: Uint8ClampedArray, at: number, colour: Colour): void {
  const front = (data[at + 3] ?? 0) / 255;
  mix(data, at, colour, (colour.alpha / 255) * (1 - front), front);
}

/** A pixel of so much of a colour, and so much of what it is. */
function mix(
  data: Uint8ClampedArray,
  at: number,
  { red, green, blue }: Colour,
  share: number,
  rest: number,
): void {
  const sum = share + rest;
  if (sum === 0) return;
  data[at] = (red * share + (data[at] ?? 0) * rest) / sum;
  data[at + 1] = (green * share + (data[at + 1] ?? 0) * rest) / sum;
  data[at + 2] = (blue * share + (data[at + 2] ?? 0) * rest) / sum;
  data[at + 3] = 255 * sum;
}
