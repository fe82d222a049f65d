// The size that a WebP's own bitstream tells, which is what a decoder makes, whatever the container claims.
import { long, triple, word } from "../bytes/numbers.ts";

export interface BitstreamSize {
  readonly width: number;
  readonly height: number;
  /** Told by `VP8L` only: with `VP8 ` it stands in a chunk of its own. */
  readonly hasAlpha: boolean;
}

export type BitstreamId = "VP8 " | "VP8L";
export const isBitstream = (id: string): id is BitstreamId => id === "VP8 " || id === "VP8L";

/** Bytes that tell it. */
export const bitstreamHeaderBytes = { "VP8 ": 10, VP8L: 5 } as const satisfies Record<BitstreamId, number>;

/** Null where the header is none. */
export const sizeInBitstream = (id: BitstreamId, bytes: Uint8Array): BitstreamSize | null =>
  id === "VP8 " ? lossy(bytes) : lossless(bytes);

/** RFC 6386, section 9.1: a key frame's tag of three bytes, its start code, then 14 bits each of width and height. */
function lossy(bytes: Uint8Array): BitstreamSize | null {
  const tag = bytes[0] ?? 1;
  const isKeyFrame = (tag & 1) === 0;
  const isKnown = ((tag >> 1) & 7) <= 3;
  const isShown = (tag & 0x10) !== 0;
  if (!isKeyFrame || !isKnown || !isShown) return null;
  if (bytes[3] !== 0x9d || bytes[4] !== 0x01 || bytes[5] !== 0x2a) return null;
  return { width: word(bytes, 6) & 0x3fff, height: word(bytes, 8) & 0x3fff, hasAlpha: false };
}

/** RFC 9649, section 3.4. */
function lossless(bytes: Uint8Array): BitstreamSize | null {
  if (bytes[0] !== 0x2f) return null;
  const bits = long(bytes, 1);
  const isKnown = bits >>> 29 === 0;
  if (!isKnown) return null;
  return {
    width: 1 + (bits & 0x3fff),
    height: 1 + ((bits >>> 14) & 0x3fff),
    hasAlpha: ((bits >>> 28) & 1) === 1,
  };
}

/** How many bytes of the chunk must be there before the first pixel is: its header, and how each block is predicted. */
export const bytesBeforePixels = (id: BitstreamId, header: Uint8Array): number =>
  bitstreamHeaderBytes[id] + (id === "VP8 " ? triple(header, 0) >>> 5 : 0);
