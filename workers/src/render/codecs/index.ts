// All codecs by format. A format that the traits promise and this table lacks does not compile.
import type { OutputFormat } from "../../../../schema/facts.ts";
import type { ReadableFormat } from "../../plan/traits.ts";
import { avifReader, avifWriter } from "./avif.ts";
import { bmpReader } from "./bmp.ts";
import type { Reader, Writer } from "./codec.ts";
import { gifReader, gifWriter } from "./gif.ts";
import { heicReader } from "./heic.ts";
import { icoReader } from "./ico.ts";
import { jpegReader, jpegWriter } from "./jpeg.ts";
import { pngReader, pngWriter } from "./png.ts";
import { tiffReader } from "./tiff.ts";
import { webpReader, webpWriter } from "./webp.ts";

export const codecs = {
  read: {
    jpg: jpegReader,
    png: pngReader,
    gif: gifReader,
    webp: webpReader,
    avif: avifReader,
    heic: heicReader,
    bmp: bmpReader,
    ico: icoReader,
    tiff: tiffReader,
  },
  write: { jpg: jpegWriter, png: pngWriter, webp: webpWriter, avif: avifWriter, gif: gifWriter },
} as const satisfies {
  read: Record<ReadableFormat, Reader>;
  write: Record<OutputFormat, Writer>;
};
