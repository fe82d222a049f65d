// The chunks that make one picture of a WebP: `VP8L`, or `VP8 ` with or without `ALPH` before it.
import type { Size } from "../../../schema/facts.ts";
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

/**
 * No picture's chunk is longer, however badly it is coded. The attack: 18 MB behind the alpha of 64 x 64 pixels, which a decoder copies twice
 * before it looks.
 */
const mostBytes = ({ width, height }: Size) => 32 * width * height + 65_536;

const withoutExcess = (chunk: Chunk, size: Size): Chunk => ({
  ...chunk,
  payload: chunk.payload.subarray(0, mostBytes(size)),
});

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
    const chunks = (alpha && id !== "VP8L" ? [alpha, chunk] : [chunk]).map((one) => withoutExcess(one, size));
    return id === "VP8L" ? { ...size, chunks, isCut } : { ...size, hasAlpha: alpha !== null, chunks, isCut };
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
