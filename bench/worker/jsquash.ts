// Baseline: jSquash alone, whole pictures from codec to codec.

import avifDecoder from "@jsquash/avif/codec/dec/avif_dec.wasm";
import avifEncoder from "@jsquash/avif/codec/enc/avif_enc.wasm";
import decodeAvif, { init as initAvifDecoder } from "@jsquash/avif/decode.js";
import encodeAvif, { init as initAvifEncoder } from "@jsquash/avif/encode.js";
import jpegDecoder from "@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm";
import jpegEncoder from "@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm";
import decodeJpeg, { init as initJpegDecoder } from "@jsquash/jpeg/decode.js";
import encodeJpeg, { init as initJpegEncoder } from "@jsquash/jpeg/encode.js";
import resize, { initResize } from "@jsquash/resize";
import resizer from "@jsquash/resize/lib/resize/pkg/squoosh_resize_bg.wasm?module";
import webpDecoder from "@jsquash/webp/codec/dec/webp_dec.wasm";
import webpEncoder from "@jsquash/webp/codec/enc/webp_enc_simd.wasm";
import decodeWebp, { init as initWebpDecoder } from "@jsquash/webp/decode.js";
import encodeWebp, { init as initWebpEncoder } from "@jsquash/webp/encode.js";
import type { Engine, Output } from "../../test/harness/worker/engine.ts";
import { serve } from "../../test/harness/worker/serve.ts";

/** jSquash makes its pictures with the browser's class, which Workers lack. */
class PlainImageData {
  readonly colorSpace = "srgb";
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  constructor(data: Uint8ClampedArray<ArrayBuffer>, width: number, height: number) {
    this.data = data;
    this.width = width;
    this.height = height;
  }
}
Object.assign(globalThis, { ImageData: PlainImageData });

/** Each codec is made once an isolate, at its first use. */
const once = (start: () => Promise<unknown>) => {
  let started: Promise<unknown> | undefined;
  return () => {
    started ??= start();
    return started;
  };
};

const decoders = {
  jpg: { ready: once(async () => initJpegDecoder(jpegDecoder)), decode: decodeJpeg },
  webp: { ready: once(async () => initWebpDecoder(webpDecoder)), decode: decodeWebp },
  avif: { ready: once(async () => initAvifDecoder(avifDecoder)), decode: decodeAvif },
} as const;

const encoders = {
  jpg: {
    ready: once(async () => initJpegEncoder(jpegEncoder)),
    encode: (picture: ImageData, quality: number) => encodeJpeg(picture, { quality }),
  },
  webp: {
    ready: once(async () => initWebpEncoder(webpEncoder)),
    encode: (picture: ImageData, quality: number) => encodeWebp(picture, { quality }),
  },
  avif: {
    ready: once(async () => initAvifEncoder(avifEncoder)),
    encode: (picture: ImageData, quality: number) => encodeAvif(picture, { quality }),
  },
} as const;

const resizerReady = once(() => initResize(resizer));

const isKeyOf = <T extends object>(table: T, key: PropertyKey): key is keyof T => key in table;

const renderWithJsquash: Engine = async ({ photo, output }, open) => {
  const extension = photo.slice(photo.lastIndexOf(".") + 1);
  const { format } = output;
  if (!isKeyOf(decoders, extension) || !isKeyOf(encoders, format)) {
    throw new Error(`jSquash has no way from ${extension} to ${format}`);
  }
  await decoders[extension].ready();
  await encoders[format].ready();
  const source = await decoders[extension].decode(await (await open()).arrayBuffer());
  if (!source) throw new Error("jSquash gave no picture");
  const small = await resized(source, output);
  return { bytes: new Uint8Array(await encoders[format].encode(small, output.quality)) };
};

async function resized(source: ImageData, { width, height }: Output): Promise<ImageData> {
  if (source.width === width && source.height === height) return source;
  await resizerReady();
  return resize(source, { width, height, method: "lanczos3" });
}

/** The platform asks for a default export. */
export default serve(renderWithJsquash);
