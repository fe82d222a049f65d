// All codecs by format. A format that the traits promise and this table lacks does not compile.
import { avifReader, avifWriter } from "./avif.ts";
import type { Reader, Writer } from "./codec.ts";
import { gifReader } from "./gif.ts";
import { jpegReader, jpegWriter } from "./jpeg.ts";
import { pngReader, pngWriter } from "./png.ts";
import type { ReadableFormat, WritableFormat } from "./traits.ts";
import { webpReader, webpWriter } from "./webp.ts";

export const codecs = {
  read: { jpg: jpegReader, png: pngReader, gif: gifReader, webp: webpReader, avif: avifReader },
  write: { jpg: jpegWriter, png: pngWriter, webp: webpWriter, avif: avifWriter },
} as const satisfies {
  read: Record<ReadableFormat, Reader>;
  write: Record<WritableFormat, Writer>;
};
