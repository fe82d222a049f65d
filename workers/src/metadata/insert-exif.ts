// Puts an EXIF block into a picture that our encoders have just made.
import type { OutputFormat } from "../../../schema/facts.ts";
import { splicing, type WriteBytes } from "../../formats/bytes/write.ts";
import * as jpeg from "../../formats/jpeg/write.ts";
import * as png from "../../formats/png/exif.ts";
import { withExif } from "../../formats/webp/exif.ts";

/** Writes on, with the EXIF in its place; the file as it is where the format, or the block's size, has no room for one. */
export function insertExif(format: OutputFormat, write: WriteBytes, exif: Uint8Array): WriteBytes {
  switch (format) {
    case "jpg": {
      const segment = jpeg.exifSegment(exif);
      return segment ? splicing(write, jpeg.exifAt, segment) : write;
    }
    case "png":
      return splicing(write, png.exifAt, png.exifChunk(exif));
    case "webp":
      // Its chunks stand behind lengths: the encoder gives the file in one piece.
      return (file) => write(withExif(file, exif));
    case "avif":
    case "gif":
      return write;
  }
}
