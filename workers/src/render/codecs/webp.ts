// WebP in and out, through libwebp as jSquash builds it; the encoder is the SIMD build.

import webpDecoder from "@jsquash/webp/codec/dec/webp_dec.js";
import webpEncoder from "@jsquash/webp/codec/enc/webp_enc_simd.js";
import { defaultOptions } from "@jsquash/webp/meta.js";
import type { Size } from "../../../../schema/facts.ts";
import type { Bytes } from "../../../formats/bytes/source.ts";
import { Damage } from "../../../formats/damage.ts";
import { iccProfileOf } from "../../../formats/icc/find.ts";
import { isMoving } from "../../../formats/webp/canvas.ts";
import { openWebpFile } from "../../../formats/webp/open.ts";
import { asStillFile, findPicture, type PictureChunks } from "../../../formats/webp/picture-chunks.ts";
import type { Decoded, Pixels } from "../../geometry/pixels.ts";
import type { Profile } from "../../kernel/host/job.ts";
import { noPlan } from "../../plan/caps.ts";
import { memoryOfReader, memoryOfWriter } from "../../plan/claims.ts";
import type { WriteOptions } from "../../plan/encoding.ts";
import { makeOpaque } from "../animation/webp/opaque.ts";
import { readFirstWebpFrame } from "../animation/webp/webp-frames.ts";
import { MemoryError } from "../memory-error.ts";
import type { Reader, Writer } from "./codec.ts";
import { startEmscripten } from "./emscripten.ts";
import { keepInstance } from "./instance.ts";
import { orRefuse, shapeFrame } from "./kernel.ts";
import { withLentFrame } from "./lent-frame.ts";
import { encoderQuality } from "./quality.ts";
import webpDecoderModule from "./wasm/webp-dec.wasm";
import webpEncoderModule from "./wasm/webp-enc.wasm";
import { decodeCut } from "./webp-cut.ts";

const withDecoder = keepInstance(memoryOfReader("webp"), () =>
  startEmscripten(webpDecoder, webpDecoderModule),
);
const withEncoder = keepInstance(memoryOfWriter("webp"), () =>
  startEmscripten(webpEncoder, webpEncoderModule),
);

/** The whole picture of a still file, as stored. */
export function decodeWebp(file: Uint8Array, maxBytes: number): Promise<Pixels> {
  return withFrame(file, maxBytes, async ({ data, width, height }) => ({
    width,
    height,
    data: data.slice(),
  }));
}

/** The same; null where it is damaged. */
export async function decodeOrNull(file: Uint8Array, maxBytes: number): Promise<Pixels | null> {
  try {
    return await decodeWebp(file, maxBytes);
  } catch (error) {
    if (error instanceof Damage && error.code === "damaged") return null;
    throw error;
  }
}

function withFrame<Result>(
  file: Uint8Array,
  maxBytes: number,
  use: (frame: Pixels) => Result | Promise<Result>,
): Promise<Result> {
  return withDecoder(maxBytes, (codec) => withLentFrame(() => codec.decode(file), use));
}

/** For a first frame: the plan knows the canvas, this stops a frame that claims to be far larger. */
const STILL_LIMITS = { maxFrames: 1, maxMegapixels: 50 };

export const webpReader: Reader = {
  decode: (bytes, wanted, { reader } = noPlan) =>
    withWebpFrame(bytes, wanted.stored, reader, (frame, profile) => shapeFrame(frame, wanted, profile)),
};

/** Lends `use` the stored picture, the first of one that moves, where it was decoded. */
export async function withWebpFrame<Result>(
  bytes: Bytes,
  stored: Size,
  maxBytes: number,
  use: (frame: Decoded, profile: Profile) => Promise<Result>,
): Promise<Result> {
  const file = await bytes.whole();
  const { inside, facts } = openWebpFile(file);
  const profile = iccProfileOf("webp", file);
  if (facts.animated) return use(await firstFrame(file, stored, maxBytes), profile);
  const found = findPicture(inside);
  if (!found) throw new Damage("its picture has no header");
  const picture = facts.alpha ? found : withoutAlpha(found);
  const shown = (frame: Decoded) => use(frame, profile);
  const opaque = (frame: Pixels) => {
    makeOpaque(picture, frame);
    return shown(frame);
  };
  if (facts.damaged) return decodeCut(picture, (still, use) => withFrame(still, maxBytes, use), shown);
  const isSound = facts.pictureEnd === undefined && !isMoving(file) && found.hasAlpha === facts.alpha;
  return withFrame(isSound ? pictureAlone(file, picture) : asStillFile(picture), maxBytes, opaque);
}

const withoutAlpha = (picture: PictureChunks): PictureChunks => ({
  ...picture,
  hasAlpha: false,
  chunks: picture.chunks.filter(({ id }) => id !== "ALPH"),
});

/** What may lie beside the picture (a profile, EXIF, chunks that nobody knows) would be copied into the decoder twice. */
const WORTH_LEAVING_OUT = 262_144;

function pictureAlone(file: Uint8Array, picture: PictureChunks): Uint8Array {
  const pictureBytes = picture.chunks.reduce((sum, { payload }) => sum + payload.length, 0);
  return file.length - pictureBytes > WORTH_LEAVING_OUT ? asStillFile(picture) : file;
}

async function firstFrame(file: Uint8Array, canvas: Size, maxBytes: number): Promise<Decoded> {
  const decode = (still: Uint8Array) => decodeOrNull(still, maxBytes);
  const { pixels, isDamaged } = orRefuse(await readFirstWebpFrame(file, STILL_LIMITS, canvas, decode));
  return { ...pixels, isDamaged: isDamaged ?? false };
}

/**
 * For what does not fit otherwise, noise most of all: no tokens are held, which takes half as long again, and what is
 * clear is stored as it is. The memory then hangs on nothing but the size, and is always less than the plan's.
 */
const THRIFTY = { low_memory: 1, alpha_compression: 0 };

export const webpWriter: Writer = {
  encode: async (pixels, options, write, maxBytes) => write(await encodeWebp(pixels, options, maxBytes)),
};

/** A still file. */
export async function encodeWebp(
  { data, width, height }: Pixels,
  { quality }: WriteOptions,
  maxBytes = noPlan.writer,
): Promise<Uint8Array<ArrayBuffer>> {
  const options = {
    ...defaultOptions,
    // Lossless takes `quality` for effort.
    ...(quality === null
      ? { lossless: 1, quality: 50, method: 2, exact: 0 }
      : { quality: encoderQuality("webp", quality) }),
  };
  const encode = (more: JsquashOptions = {}) =>
    withEncoder(maxBytes, (codec) => codec.encode(data, width, height, { ...options, ...more }));
  const file = await encode().catch((error) => {
    if (quality !== null && error instanceof MemoryError) return encode(THRIFTY);
    throw error;
  });
  if (!file) throw new Damage("it could not be written as WebP");
  return file;
}
