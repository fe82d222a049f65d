// The sources of the matrix: one small picture, written in every kind of file that sharp can write.

import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import type { Orientation } from "../../../schema/facts.ts";
import type { Pixels } from "../../../workers/src/geometry/pixels.ts";
import { quadrants } from "../drawing.ts";
import { turnPixels } from "../turned-pixels.ts";

export const size = { width: 240, height: 160 } as const;
/** Each corner is one flat colour, so that a pixel of it tells every turn and cut. */
const tile = { width: 56, height: 40 } as const;
const fixtures = join(import.meta.dirname, "../../fixtures");

/** A real photograph with a coloured tile in every corner. */
async function scene(): Promise<Pixels> {
  const photo = sharp(join(fixtures, "cat.jpg")).resize({ ...size, fit: "cover" });
  const data = new Uint8ClampedArray(await photo.ensureAlpha().raw().toBuffer());
  const flat = quadrants(size.width, size.height);
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++) {
      const isInside = (x + tile.width) % size.width < 2 * tile.width;
      if (!isInside || (y + tile.height) % size.height >= 2 * tile.height) continue;
      const at = (y * size.width + x) * 4;
      data.set(flat.data.subarray(at, at + 4), at);
    }
  }
  return { ...size, data };
}

/** Fades out from left to right between the tiles. */
function faded({ data, ...rest }: Pixels): Pixels {
  const fading = data.slice();
  const first = tile.width + 4;
  const steps = size.width - 2 * first;
  for (let at = 0; at < fading.length; at += 4) {
    const x = (at / 4) % size.width;
    if (x >= first && x < first + steps) fading[at + 3] = 255 - Math.round(((x - first) * 255) / steps);
  }
  return { ...rest, data: fading };
}

const open = ({ width, height, data }: Pixels): Sharp => sharp(data, { raw: { width, height, channels: 4 } });
const opaque = (pixels: Pixels): Sharp => open(pixels).removeAlpha();

/** Three frames that differ everywhere, each with a delay of its own. */
async function moving(pixels: Pixels): Promise<Sharp> {
  const frames = [opaque(pixels), opaque(pixels).flop(), opaque(pixels).flip()];
  const files = await Promise.all(frames.map((frame) => frame.png().toBuffer()));
  return sharp(files, { join: { animated: true } });
}
export const motion = { delay: [80, 120, 200], loop: 3 };

export const stillSources: Readonly<Record<string, (pixels: Pixels) => Sharp>> = {
  "colour.jpg": (pixels) => opaque(pixels).jpeg({ quality: 92 }),
  "progressive.jpg": (pixels) => opaque(pixels).jpeg({ quality: 92, mozjpeg: true }),
  "gray.jpg": (pixels) => opaque(pixels).toColourspace("b-w").jpeg({ quality: 92 }),
  "cmyk.jpg": (pixels) => opaque(pixels).toColourspace("cmyk").jpeg({ quality: 92 }),
  "cmyk-profile.jpg": (pixels) => opaque(pixels).withIccProfile("cmyk").jpeg({ quality: 92 }),
  "p3.jpg": (pixels) => opaque(pixels).withIccProfile("p3").jpeg({ quality: 92, chromaSubsampling: "4:4:4" }),
  "colour.png": (pixels) => opaque(pixels).png(),
  "alpha.png": (pixels) => open(faded(pixels)).png(),
  "gray.png": (pixels) => opaque(pixels).toColourspace("b-w").png(),
  "deep.png": (pixels) => opaque(pixels).toColourspace("rgb16").png(),
  "palette.png": (pixels) => opaque(pixels).png({ palette: true, progressive: true }),
  "colour.webp": (pixels) => opaque(pixels).webp({ quality: 90 }),
  "alpha.webp": (pixels) => open(faded(pixels)).webp({ quality: 90 }),
  "colour.avif": (pixels) => opaque(pixels).avif({ quality: 80, effort: 0 }),
  "still.gif": (pixels) => opaque(pixels).gif(),
};

export const movingSources: Readonly<Record<string, (pixels: Sharp) => Sharp>> = {
  "moving.gif": (pictures) => pictures.gif(motion),
  "moving.webp": (pictures) => pictures.webp({ ...motion, quality: 90 }),
};

export const orientations = [1, 2, 3, 4, 5, 6, 7, 8] as const;
/** The turn that the camera made, undone by the orientation that it wrote. */
const inverse = { 1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 8, 7: 7, 8: 6 } as const;

function turned(pixels: Pixels, orientation: Orientation): Sharp {
  const stored = turnPixels(pixels, inverse[orientation]);
  return opaque(stored).withMetadata({ orientation }).jpeg({ quality: 92 });
}

/** With white borders, for `trim`. */
const framed = (pixels: Pixels): Sharp =>
  opaque(pixels).extend({ top: 10, bottom: 30, left: 20, right: 20, background: "#ffffff" }).png();

export async function writeSources(folder: string): Promise<void> {
  const pixels = await scene();
  for (const [name, write] of Object.entries(stillSources)) await write(pixels).toFile(join(folder, name));
  for (const [name, write] of Object.entries(movingSources))
    await write(await moving(pixels)).toFile(join(folder, name));
  for (const orientation of orientations)
    await turned(pixels, orientation).toFile(join(folder, `orientation-${orientation}.jpg`));
  await framed(pixels).toFile(join(folder, "framed.png"));
}
