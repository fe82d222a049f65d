// Sets the content into the middle of its canvas.

import type { Size } from "../../../../schema/facts.ts";
import type { Pixels } from "../../geometry/pixels.ts";
import { parseColour } from "../../plan/colour.ts";
import { resizePixels, shapeFrame } from "../codecs/kernel.ts";
import { lightAt } from "../light.ts";
import { blurPixels } from "./blur.ts";
import type { Step } from "./step.ts";

export const pad: Step = async (content, { canvas, fill }) => {
  if (fill === null) return content;
  const picture = await backdrop(content, canvas, fill);
  const left = (canvas.width - content.width) >> 1;
  const top = (canvas.height - content.height) >> 1;
  for (let y = 0; y < content.height; y++) {
    const row = content.data.subarray(y * content.width * 4, (y + 1) * content.width * 4);
    lay(row, picture.data, ((top + y) * canvas.width + left) * 4);
  }
  return picture;
};

/** Puts a row onto the picture, which shows through where the row is clear. */
function lay(row: Uint8ClampedArray, picture: Uint8ClampedArray, start: number): void {
  for (let from = 0, to = start; from < row.length; from += 4, to += 4) {
    const alpha = row[from + 3] ?? 0;
    const under = picture[to + 3] ?? 0;
    if (alpha === 255 || under === 0) {
      picture.set(row.subarray(from, from + 4), to);
      continue;
    }
    const front = alpha / 255;
    const rest = (under / 255) * (1 - front);
    for (let channel = 0; channel < 3; channel++) {
      const mixed = (row[from + channel] ?? 0) * front + (picture[to + channel] ?? 0) * rest;
      picture[to + channel] = mixed / (front + rest);
    }
    picture[to + 3] = (front + rest) * 255;
  }
}

function backdrop(content: Pixels, canvas: Size, fill: string): Pixels | Promise<Pixels> {
  // Many files have an alpha channel and nothing clear in it.
  const isBlurred = fill === "blurred" || (fill === "contrasting" && isOpaque(content));
  if (isBlurred) return blurredBackdrop(content, canvas);
  return solid(canvas, fill === "contrasting" ? contrastingPaper(content) : fill);
}

function isOpaque({ data }: Pixels): boolean {
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return false;
  return true;
}

const LIGHT_PAPER = "ffffffff";
const DARK_PAPER = "1d1f23ff";

/** White, unless what is seen of the picture is itself light. */
function contrastingPaper({ data }: Pixels): string {
  let light = 0;
  let seen = 0;
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3] ?? 0;
    light += alpha * lightAt(data, at);
    seen += alpha;
  }
  return light > seen * 170 ? DARK_PAPER : LIGHT_PAPER;
}

/** The backdrop is seen as light and colour only: this many pixels along its long side hold all of that. */
const BACKDROP_SIDE = 120;
const BACKDROP_SIGMA = 5;
/** A little darker than the picture, which stands out of it. */
const BACKDROP_LIGHT = 0.82;

/** The picture once more, filling the canvas, out of focus. */
async function blurredBackdrop(content: Pixels, canvas: Size): Promise<Pixels> {
  const shrink = Math.min(1, BACKDROP_SIDE / Math.max(canvas.width, canvas.height));
  const small = {
    width: Math.max(1, Math.round(canvas.width * shrink)),
    height: Math.max(1, Math.round(canvas.height * shrink)),
  };
  const stored = { width: content.width, height: content.height };
  const window = middleWindow(stored, canvas);
  const copy = await shapeFrame(content, { stored, turn: 1, window, content: small });
  const soft = await blurPixels(copy, BACKDROP_SIGMA);
  for (let at = 0; at < soft.data.length; at++) {
    soft.data[at] = at % 4 === 3 ? 255 : (soft.data[at] ?? 0) * BACKDROP_LIGHT;
  }
  return resizePixels(soft, canvas);
}

/** The largest window of the canvas's aspect. */
function middleWindow({ width, height }: Size, canvas: Size) {
  const isWide = width * canvas.height > height * canvas.width;
  const cut = isWide
    ? { width: (height * canvas.width) / canvas.height, height }
    : { width, height: (width * canvas.height) / canvas.width };
  return { x: (width - cut.width) / 2, y: (height - cut.height) / 2, ...cut };
}

function solid({ width, height }: Size, hex: string): Pixels {
  const { red, green, blue, alpha } = parseColour(hex);
  const data = new Uint8ClampedArray(width * height * 4);
  // One pixel, then doubled: copying is faster than a loop over pixels.
  data.set([red, green, blue, alpha]);
  for (let done = 4; done < data.length; done *= 2)
    data.copyWithin(done, 0, Math.min(done, data.length - done));
  return { width, height, data };
}
