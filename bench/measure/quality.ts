// Judges an answer against the same job done without any short cut.

import sharp, { type Sharp } from "sharp";
import { resizeExactly } from "../../test/harness/measure/lanczos.ts";
import { psnr, type RawPicture, ssim } from "../../test/harness/measure/ssim.ts";
import type { Job } from "../jobs.ts";

export interface Quality {
  readonly ssim: number;
  readonly psnr: number;
}

/** Pictures larger than this are compared in their middle. */
const mostSide = 1600;

const open = (input: string | Uint8Array) => sharp(input, { animated: true, limitInputPixels: false });

async function raw(picture: Sharp): Promise<RawPicture> {
  const { data, info } = await picture
    .removeAlpha()
    .toColourspace("srgb")
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: data };
}

/** Decoded whole, resized from the raw pixels with Lanczos3, then the effect; a frame at a time. */
export async function referenceOf({ output, effect }: Job, path: string): Promise<RawPicture> {
  const { pages = 1 } = await open(path).metadata();
  const whole = await raw(open(path));
  const frameRows = whole.height / pages;
  const frames = Array.from({ length: pages }, (_, page) => {
    const size = whole.width * frameRows * 3;
    const frame = {
      width: whole.width,
      height: frameRows,
      rgb: whole.rgb.subarray(page * size, (page + 1) * size),
    };
    return effect ? frame : resizeExactly(frame, output.width, output.height);
  });
  const [first] = frames;
  if (!first) throw new Error(`${path} has no frame`);
  const picture = {
    width: first.width,
    height: first.height * pages,
    rgb: Buffer.concat(frames.map(({ rgb }) => rgb)),
  };
  if (!effect) return picture;
  const { width, height, rgb } = picture;
  return raw(effect(sharp(rgb, { raw: { width, height, channels: 3 } })));
}

export async function qualityOf(answer: Uint8Array, reference: RawPicture): Promise<Quality> {
  const picture = await raw(open(answer));
  if (picture.width !== reference.width || picture.height !== reference.height) {
    const sizes = [picture, reference].map(({ width, height }) => `${width}x${height}`);
    throw new Error(`the answer is ${sizes[0]}, all frames together, and should be ${sizes[1]}`);
  }
  const [a, b] = [middle(picture), middle(reference)];
  return { ssim: ssim(a, b), psnr: psnr(a, b) };
}

function middle(picture: RawPicture): RawPicture {
  const width = Math.min(picture.width, mostSide);
  const height = Math.min(picture.height, mostSide);
  if (width === picture.width && height === picture.height) return picture;
  const left = (picture.width - width) >> 1;
  const top = (picture.height - height) >> 1;
  const rgb = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row++) {
    const from = ((top + row) * picture.width + left) * 3;
    rgb.set(picture.rgb.subarray(from, from + width * 3), row * width * 3);
  }
  return { width, height, rgb };
}
