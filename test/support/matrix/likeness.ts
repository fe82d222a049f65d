// How far an answer lies from what sharp makes of the same file: by a fingerprint and by structure, frame by frame.
import sharp, { type Sharp } from "sharp";
import type { Pixels } from "../../../workers/src/geometry/pixels.ts";
import { ssim } from "../../harness/measure/ssim.ts";
import type { Transform } from "./transforms.ts";

export interface Likeness {
  /** Mean difference of the fingerprints' channels, of 255. */
  readonly mean: number;
  /** The fingerprints' cell that lies farthest apart. */
  readonly worst: number;
}

/** A file's frames, upright, in sRGB. */
export async function framesOf(file: string | Uint8Array): Promise<Pixels[]> {
  const { pages = 1 } = await sharp(file).metadata();
  return Promise.all(Array.from({ length: pages }, (_, page) => upright(file, page)));
}

async function upright(file: string | Uint8Array, page: number): Promise<Pixels> {
  const picture = sharp(file, { page }).autoOrient().toColourspace("srgb").ensureAlpha();
  const { data, info } = await picture.raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) };
}

/** The transform by sharp, on paper where the format has no alpha; not encoded, so that only one encoder's loss counts. */
export async function transformed(frame: Pixels, transform: Transform, isOpaque: boolean): Promise<Pixels> {
  const { first = same, bySharp } = transform;
  const onPaper = isOpaque ? (picture: Sharp) => picture.flatten({ background: "white" }) : same;
  let pixels = frame;
  for (const step of [first, bySharp, onPaper]) pixels = await stepBySharp(pixels, step);
  return pixels;
}

const same = (picture: Sharp): Sharp => picture;

async function stepBySharp(
  { width, height, data }: Pixels,
  step: (picture: Sharp) => Sharp,
): Promise<Pixels> {
  if (step === same) return { width, height, data };
  const done = await step(sharp(data, { raw: { width, height, channels: 4 } }))
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: done.info.width, height: done.info.height, data: new Uint8ClampedArray(done.data) };
}

export async function likeness(answer: Pixels, expected: Pixels): Promise<Likeness> {
  const [ours, theirs] = await Promise.all([fingerprint(answer), fingerprint(expected)]);
  const apart = ours.map((value, at) => Math.abs(value - (theirs[at] ?? 0)));
  return {
    mean: apart.reduce((sum, value) => sum + value, 0) / apart.length,
    worst: Math.max(...apart),
  };
}

const cells = 16;

/** 16 x 16 mean colours, with what is clear counting for nothing. */
async function fingerprint({ width, height, data }: Pixels): Promise<number[]> {
  const small = sharp(data, { raw: { width, height, channels: 4 } }).resize(cells, cells, {
    fit: "fill",
    kernel: "linear",
  });
  const rgba = await small.raw().toBuffer();
  return Array.from(rgba, (value, at) => (at % 4 === 3 ? value : (value * (rgba[at | 3] ?? 0)) / 255));
}

export function structure(answer: Pixels, expected: Pixels): number {
  return ssim(onGray(answer), onGray(expected));
}

/** SSIM knows no alpha: both lie on the same grey. */
function onGray({ width, height, data }: Pixels) {
  const rgb = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; from < data.length; from += 4) {
    const share = (data[from + 3] ?? 0) / 255;
    for (let channel = 0; channel < 3; channel++)
      rgb[to++] = Math.round((data[from + channel] ?? 0) * share + 128 * (1 - share));
  }
  return { width, height, rgb };
}
