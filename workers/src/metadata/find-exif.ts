// Finds the EXIF block of an original without reading its picture.
import type { SourceFormat } from "../../../schema/facts.ts";
import type { Bytes } from "../../formats/bytes/source.ts";
import { exifInJpeg } from "../../formats/jpeg/exif.ts";
import { exifInPng } from "../../formats/png/exif.ts";
import { exifInWebp } from "../../formats/webp/exif.ts";

/** A JPEG's segments before its picture, and a PNG's chunks, are looked for up to here; a longer block is no text. */
const HEAD_BYTES = 256 * 1024;

/** The TIFF structure, or null. Only formats whose EXIF stands in the open are looked into. */
export async function findExif(format: SourceFormat, bytes: Bytes): Promise<Uint8Array | null> {
  switch (format) {
    case "jpg":
      return exifInJpeg(await bytes.range(0, HEAD_BYTES));
    case "png":
      return exifInPng(await bytes.range(0, HEAD_BYTES));
    case "webp":
      return exifInWebp(bytes, HEAD_BYTES);
    default:
      return null;
  }
}
