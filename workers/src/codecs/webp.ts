// WebP in and out, through libwebp as jSquash builds it; the encoder is the SIMD build.
import webpDecoder from "@jsquash/webp/codec/dec/webp_dec.js";
import webpDecoderModule from "@jsquash/webp/codec/dec/webp_dec.wasm";
import webpEncoder from "@jsquash/webp/codec/enc/webp_enc_simd.js";
import webpEncoderModule from "@jsquash/webp/codec/enc/webp_enc_simd.wasm";
import { defaultOptions } from "@jsquash/webp/meta.js";
import { CodecError } from "../codec-error.ts";

import type { Pixels } from "../pixels.ts";
import type { Reader, Writer } from "./codec.ts";
import { keepInstance, startEmscripten } from "./instance.ts";
import { shapeFrame } from "./kernel.ts";
import { encoderQuality } from "./quality.ts";

const withDecoder = keepInstance(() => startEmscripten(webpDecoder, webpDecoderModule));
const withEncoder = keepInstance(() => startEmscripten(webpEncoder, webpEncoderModule));

/** The whole picture of a still file, as stored. */
export async function decodeWebp(file: Uint8Array): Promise<Pixels> {
  const frame = await withDecoder((codec) => codec.decode(file));
  if (!frame) throw new CodecError("The WebP is damaged.");
  return frame;
}

export const webpReader: Reader = {
  decode: async (bytes, wanted) => shapeFrame(await decodeWebp(await bytes.whole()), wanted),
};

export const webpWriter: Writer = {
  async encode({ data, width, height }, { quality }) {
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
  },
};
