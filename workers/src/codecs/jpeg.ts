// JPEG in and out, through MozJPEG as jSquash builds it.
import jpegDecoder from "@jsquash/jpeg/codec/dec/mozjpeg_dec.js";
import jpegDecoderModule from "@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm";
import jpegEncoder from "@jsquash/jpeg/codec/enc/mozjpeg_enc.js";
import jpegEncoderModule from "@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm";
import { defaultOptions } from "@jsquash/jpeg/meta.js";
import { CodecError } from "../codec-error.ts";
import { shapeFrame } from "../shape-frame.ts";
import type { Reader, Writer } from "./codec.ts";
import { keepInstance, startEmscripten } from "./instance.ts";

const withDecoder = keepInstance(() => startEmscripten(jpegDecoder, jpegDecoderModule));
const withEncoder = keepInstance(() => startEmscripten(jpegEncoder, jpegEncoderModule));

export const jpegReader: Reader = {
  async decode(bytes, wanted) {
    const file = await bytes.whole();
    // Kept as stored: the plan turns the picture, whatever the codec makes of its EXIF.
    const frame = await withDecoder((codec) => codec.decode(file, false));
    if (!frame) throw new CodecError("The JPEG is damaged.");
    return shapeFrame(frame, wanted);
  },
};

export const jpegWriter: Writer = {
  async encode({ data, width, height }, { quality }) {
    const options = { ...defaultOptions, baseline: true, progressive: false, quality: quality ?? 100 };
    const file = await withEncoder((codec) => codec.encode(data, width, height, options));
    if (!file) throw new CodecError("The picture could not be written as JPEG.");
    return file;
  },
};
