// The chunks that make one picture of a WebP: `VP8L`, or `VP8 ` with or without `ALPH` before it.
import { bitstreamHeaderBytes, isBitstream, sizeInBitstream } from "./bitstream.ts";
import { canvasFlags, writeCanvas } from "./canvas.ts";
import { type Chunk, endRiff, insideRiff, readChunks, startRiff, writeChunks } from "./riff.ts";

export interface PictureChunks {
  readonly width: number;
  readonly height: number;
  readonly hasAlpha: boolean;
  readonly chunks: readonly Chunk[];
  /** Its last bytes are missing. */
  readonly isCut: boolean;
}

/** Finds the picture in a run of chunks; its size is the bitstream's own, whatever the container claims. */
export function findPicture(bytes: Uint8Array): PictureChunks | null {
  let alpha: Chunk | null = null;
  for (const chunk of readChunks(bytes)) {
    if (!chunk) return null;
    const { id, payload, isCut = false } = chunk;
    if (id === "ALPH") alpha = chunk;
    if (!isBitstream(id) || payload.length <= bitstreamHeaderBytes[id]) continue;
    const size = sizeInBitstream(id, payload);
    if (!size) continue;
    if (id === "VP8L") return { ...size, chunks: [chunk], isCut };
    return { ...size, hasAlpha: alpha !== null, chunks: alpha ? [alpha, chunk] : [chunk], isCut };
  }
  return null;
}

/** The picture of a whole still file, as an encoder gives it. */
export function pictureOf(file: Uint8Array): PictureChunks | null {
  const inside = insideRiff(file);
  return inside && findPicture(inside);
}

/** A still WebP file of its own, for a decoder that knows no animation. */
export function asStillFile({
  width,
  height,
  chunks,
}: Pick<PictureChunks, "width" | "height" | "chunks">): Uint8Array<ArrayBuffer> {
  const sink = startRiff();
  // Only the extended format may carry an ALPH chunk.
  if (chunks.length > 1) writeCanvas(sink, { flags: canvasFlags.alpha, width, height });
  writeChunks(sink, chunks);
  return endRiff(sink);
}
