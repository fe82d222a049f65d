// Puts an EXIF block into a picture that our encoders have just made.
import type { OutputFormat } from "../../../schema/facts.ts";
import { ByteSink } from "../../formats/bytes/byte-sink.ts";
import { crc32 } from "../../formats/bytes/crc32.ts";
import { splicing, type WriteBytes } from "../../formats/bytes/write.ts";
import { ALPHA_FLAG, pictureOf, writeChunks } from "../../formats/webp/picture-chunks.ts";
import { type Chunk, insideRiff, readChunks } from "../../formats/webp/riff.ts";

type File = Uint8Array<ArrayBuffer>;

/** A segment's length is 16 bits, its own two bytes and the prefix among them. */
const MAX_JPEG_EXIF_BYTES = 65_535 - 2 - 6;

/** Writes on, with the EXIF in its place; the file as it is where the format, or the block's size, has no room for one. */
export function insertExif(format: OutputFormat, write: WriteBytes, exif: Uint8Array): WriteBytes {
  switch (format) {
    case "jpg":
      return exif.length > MAX_JPEG_EXIF_BYTES ? write : splicing(write, 2, jpegSegment(exif));
    case "png":
      // Behind the signature and the header.
      return splicing(write, 33, pngChunk(exif));
    case "webp":
      // Its chunks stand behind lengths: the encoder gives the file in one piece.
      return (file) => write(intoWebp(file, exif));
    case "avif":
    case "gif":
      return write;
  }
}

function jpegSegment(exif: Uint8Array): File {
  const segment = new Uint8Array(10 + exif.length);
  segment.set([0xff, 0xe1]);
  new DataView(segment.buffer).setUint16(2, 8 + exif.length);
  segment.set(new TextEncoder().encode("Exif\0\0"), 4);
  segment.set(exif, 10);
  return segment;
}

function pngChunk(exif: Uint8Array): File {
  const chunk = new Uint8Array(12 + exif.length);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, exif.length);
  chunk.set(new TextEncoder().encode("eXIf"), 4);
  chunk.set(exif, 8);
  view.setUint32(8 + exif.length, crc32(chunk.subarray(4, 8 + exif.length)));
  return chunk;
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
