// Puts an EXIF block into a picture that our encoders have just made.
import type { OutputFormat } from "../../../schema/facts.ts";
import { ByteSink } from "../../formats/bytes/byte-sink.ts";
import { splicing, type WriteBytes } from "../../formats/bytes/write.ts";
import * as jpeg from "../../formats/jpeg/write.ts";
import * as png from "../../formats/png/exif.ts";
import { ALPHA_FLAG, pictureOf, writeChunks } from "../../formats/webp/picture-chunks.ts";
import { type Chunk, insideRiff, readChunks } from "../../formats/webp/riff.ts";

type File = Uint8Array<ArrayBuffer>;

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
      return (file) => write(intoWebp(file, exif));
    case "avif":
    case "gif":
      return write;
  }
}

const EXIF_FLAG = 0x08;

/** Only the extended format may carry EXIF, so a simple file becomes one. */
function intoWebp(file: File, exif: Uint8Array): File {
  const inside = insideRiff(file);
  const picture = pictureOf(file);
  if (!inside) return file;
  const chunks = [...readChunks(inside)].filter((chunk): chunk is Chunk => chunk !== null);
  const extended = chunks.find(({ id }) => id === "VP8X")?.payload.slice();
  if (!extended && !picture) return file;
  const header = extended ?? extendedHeader(picture ?? { width: 1, height: 1, hasAlpha: false });
  header[0] = (header[0] ?? 0) | EXIF_FLAG;
  const sink = new ByteSink();
  sink.text("RIFF\0\0\0\0WEBP");
  writeChunks(sink, [
    { id: "VP8X", payload: header },
    ...chunks.filter(({ id }) => id !== "VP8X"),
    { id: "EXIF", payload: exif },
  ]);
  sink.patchLong(4, sink.length - 8);
  return sink.take();
}

function extendedHeader({
  width,
  height,
  hasAlpha,
}: {
  width: number;
  height: number;
  hasAlpha: boolean;
}): Uint8Array {
  const sink = new ByteSink();
  sink.long(hasAlpha ? ALPHA_FLAG : 0);
  sink.triple(width - 1);
  sink.triple(height - 1);
  return sink.take();
}
