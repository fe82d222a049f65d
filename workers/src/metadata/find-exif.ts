// Finds the EXIF block of an original without reading its picture.
import type { SourceFormat } from "../../../schema/facts.ts";
import type { Bytes } from "../../formats/bytes/source.ts";
import { exifInJpeg } from "../../formats/jpeg/exif.ts";
import { exifInPng } from "../../formats/png/exif.ts";
import { exifInWebp } from "../../formats/webp/exif.ts";

/** A JPEG's segments before its picture, and a PNG's chunks, are looked for up to here; a longer block is no text. */
const HEAD_BYTES = 256 * 1024;

type Finder = (bytes: Bytes) => Promise<Uint8Array | null>;

/** Only formats whose EXIF stands in the open are looked into; null = what it says of itself is not carried over. */
const finders = {
  jpg: async (bytes) => exifInJpeg(await bytes.range(0, HEAD_BYTES)),
  png: async (bytes) => exifInPng(await bytes.range(0, HEAD_BYTES)),
  webp: (bytes) => exifInWebp(bytes, HEAD_BYTES),
  gif: null,
  avif: null,
  heic: null,
  bmp: null,
  ico: null,
  tiff: null,
  svg: null,
} as const satisfies Record<SourceFormat, Finder | null>;

/** The TIFF structure, or null. */
export async function findExif(format: SourceFormat, bytes: Bytes): Promise<Uint8Array | null> {
  return (await finders[format]?.(bytes)) ?? null;
}
