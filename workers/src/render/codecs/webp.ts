// WebP in and out, through libwebp as jSquash builds it; the encoder is the SIMD build.
import webpDecoder from "@jsquash/webp/codec/dec/webp_dec.js";
import webpDecoderModule from "@jsquash/webp/codec/dec/webp_dec.wasm";
import webpEncoder from "@jsquash/webp/codec/enc/webp_enc_simd.js";
import webpEncoderModule from "@jsquash/webp/codec/enc/webp_enc_simd.wasm";
import { defaultOptions } from "@jsquash/webp/meta.js";
import { iccProfileOf } from "../../../formats/icc/find.ts";
import type { Size } from "../../../shared/size.ts";
import type { Pixels } from "../../geometry/pixels.ts";
import type { WriteOptions } from "../../plan/encoding.ts";
import { readFirstWebpFrame } from "../animation/webp/webp-frames.ts";
import { CodecError } from "../codec-error.ts";
import type { Reader, Writer } from "./codec.ts";
import { keepInstance, startEmscripten } from "./instance.ts";
import { orRefuse, shapeFrame } from "./kernel.ts";
import { withLentFrame } from "./lent-frame.ts";
import { encoderQuality } from "./quality.ts";

const withDecoder = keepInstance(() => startEmscripten(webpDecoder, webpDecoderModule));
const withEncoder = keepInstance(() => startEmscripten(webpEncoder, webpEncoderModule));

/** The whole picture of a still file, as stored. */
export function decodeWebp(file: Uint8Array): Promise<Pixels> {
  return withFrame(file, async ({ data, width, height }) => ({ width, height, data: data.slice() }));
}

function withFrame<Result>(file: Uint8Array, use: (frame: Pixels) => Promise<Result>): Promise<Result> {
  return withDecoder((codec) => withLentFrame(() => codec.decode(file), use));
}

/** For a first frame: the plan knows the canvas, this stops a frame that claims to be far larger. */
const STILL_LIMITS = { maxFrames: 1, maxMegapixels: 50 };

export const webpReader: Reader = {
  async decode(bytes, wanted) {
    const file = await bytes.whole();
    const profile = iccProfileOf("webp", file);
    if (isMoving(file)) return shapeFrame(await firstFrame(file, wanted.stored), wanted, profile);
    return withFrame(file, (frame) => shapeFrame(frame, wanted, profile));
  },
};

/** libwebp's plain decoder refuses files that move. RFC 9649, section 2.7.1: the flags follow the `VP8X` header. */
function isMoving(file: Uint8Array): boolean {
  const isExtended = String.fromCharCode(...file.subarray(12, 16)) === "VP8X";
  return isExtended && ((file[20] ?? 0) & 0x02) !== 0;
}

async function firstFrame(file: Uint8Array, canvas: Size): Promise<Pixels> {
  return orRefuse(await readFirstWebpFrame(file, STILL_LIMITS, canvas, decodeWebp)).pixels;
}

export const webpWriter: Writer = {
  encode: async (pixels, options, write) => write(await encodeWebp(pixels, options)),
};

/** A still file. */
export async function encodeWebp(
  { data, width, height }: Pixels,
  { quality }: WriteOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const options = {
    ...defaultOptions,
    // Lossless takes `quality` for effort.
    ...(quality === null
      ? { lossless: 1, quality: 50, method: 2, exact: 0 }
      : { quality: encoderQuality("webp", quality) }),
  };
  const file = await withEncoder((codec) => codec.encode(data, width, height, options));
  if (!file) throw new CodecError("The picture could not be written as WebP.");
  return file;
}
