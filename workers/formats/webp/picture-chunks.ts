// The chunks that make one picture of a WebP: `VP8L`, or `VP8 ` with or without `ALPH` before it.
import { ByteSink } from "../bytes/byte-sink.ts";
import { type Chunk, insideRiff, long, readChunks, word } from "./riff.ts";

export interface PictureChunks {
  readonly width: number;
  readonly height: number;
  readonly hasAlpha: boolean;
  readonly chunks: readonly Chunk[];
}

/** Finds the picture in a run of chunks; its size is the bitstream's own, whatever the container claims. */
export function findPicture(bytes: Uint8Array): PictureChunks | null {
  let alpha: Chunk | null = null;
  for (const chunk of readChunks(bytes)) {
    if (!chunk) return null;
    const { id, payload } = chunk;
    if (id === "ALPH") alpha = chunk;
    if (id === "VP8L" && payload.length > 5 && payload[0] === 0x2f) {
      const bits = long(payload, 1);
      const hasAlpha = ((bits >>> 28) & 1) === 1;
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, hasAlpha, chunks: [chunk] };
    }
    // RFC 6386 section 9.1: three bytes of frame tag, the start code, then 14 bits for each side.
    if (
      id === "VP8 " &&
      payload.length > 10 &&
      payload[3] === 0x9d &&
      payload[4] === 0x01 &&
      payload[5] === 0x2a
    ) {
      const size = { width: word(payload, 6) & 0x3fff, height: word(payload, 8) & 0x3fff };
      return { ...size, hasAlpha: alpha !== null, chunks: alpha ? [alpha, chunk] : [chunk] };
    }
  }
  return null;
}

/** The picture of a whole still file, as an encoder gives it. */
export function pictureOf(file: Uint8Array): PictureChunks | null {
  const inside = insideRiff(file);
  return inside && findPicture(inside);
}

/** A still WebP file of its own, for a decoder that knows no animation. */
export function asStillFile(picture: PictureChunks): Uint8Array<ArrayBuffer> {
  const sink = new ByteSink();
  sink.text("RIFF\0\0\0\0WEBP");
  // Only the extended format may carry an ALPH chunk.
  if (picture.chunks.length > 1) {
    sink.text("VP8X");
    sink.long(10);
    sink.long(ALPHA_FLAG);
    sink.triple(picture.width - 1);
    sink.triple(picture.height - 1);
  }
  writeChunks(sink, picture.chunks);
  sink.patchLong(4, sink.length - 8);
  return sink.take();
}

export const ALPHA_FLAG = 0x10;

export function writeChunks(sink: ByteSink, chunks: readonly Chunk[]): void {
  for (const { id, payload } of chunks) {
    sink.text(id);
    sink.long(payload.length);
    sink.append(payload);
    if (payload.length & 1) sink.byte(0);
  }
}
