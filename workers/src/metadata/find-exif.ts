// Finds the EXIF block of an original without reading its picture.
import type { SourceFormat } from "../../../schema/facts.ts";
import type { Bytes } from "../../formats/bytes/source.ts";
import { exifInJpeg } from "../../formats/jpeg/exif.ts";
import { exifInPng } from "../../formats/png/exif.ts";

/** A JPEG's segments before its picture, and a PNG's chunks, are looked for up to here. */
const HEAD_BYTES = 256 * 1024;
/** More chunks than any writer makes: the rest is noise. */
const MAX_CHUNKS = 64;

/** The TIFF structure, or null. Only formats whose EXIF stands in the open are looked into. */
export async function findExif(format: SourceFormat, bytes: Bytes): Promise<Uint8Array | null> {
  switch (format) {
    case "jpg":
      return exifInJpeg(await bytes.range(0, HEAD_BYTES));
    case "png":
      return exifInPng(await bytes.range(0, HEAD_BYTES));
    case "webp":
      return exifOfWebp(bytes);
    default:
      return null;
  }
}

/** A WebP keeps its EXIF at its end, so its chunks are stepped over by their lengths. */
async function exifOfWebp(bytes: Bytes): Promise<Uint8Array | null> {
  let at = 12;
  for (let count = 0; count < MAX_CHUNKS; count++) {
    const head = await bytes.range(at, 8);
    if (head.length < 8) return null;
    const length = new DataView(head.buffer, head.byteOffset, 8).getUint32(4, true);
    if (letters(head, 0, 4) === "EXIF") {
      const block = length > HEAD_BYTES ? null : await bytes.range(at + 8, length);
      // Some writers put JPEG's prefix here, too.
      return block && letters(block, 0, 6) === "Exif\0\0" ? block.subarray(6) : block;
    }
    at += 8 + length + (length & 1);
  }
  return null;
}

const letters = (bytes: Uint8Array, at: number, count: number) =>
  String.fromCharCode(...bytes.subarray(at, at + count));
