// The chunks of a WebP file (RFC 9649, sections 2.3 and 2.7): four letters, a length, a payload, one byte of padding if odd.

import { maxPieces } from "../bytes/pieces.ts";

export interface Chunk {
  readonly id: string;
  readonly payload: Uint8Array;
}

/** Chunks in order; `null` is a chunk that reaches past the end, or one too many, and nothing follows it. */
export function* readChunks(bytes: Uint8Array): Generator<Chunk | null, void> {
  let at = 0;
  for (let count = 0; at + 8 <= bytes.length; count++) {
    if (count >= maxPieces) return yield null;
    const id = String.fromCharCode(...bytes.subarray(at, at + 4));
    const end = at + 8 + long(bytes, at + 4);
    if (end > bytes.length) return yield null;
    yield { id, payload: bytes.subarray(at + 8, end) };
    at = end + (end & 1 ? 1 : 0);
  }
}

/** The chunks inside `RIFF….WEBP`, or null when this is no WebP. */
export function insideRiff(bytes: Uint8Array): Uint8Array | null {
  const letters = String.fromCharCode(...bytes.subarray(0, 4), ...bytes.subarray(8, 12));
  return letters === "RIFFWEBP" ? bytes.subarray(12) : null;
}

export const word = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
export const triple = (bytes: Uint8Array, at: number): number =>
  word(bytes, at) | ((bytes[at + 2] ?? 0) << 16);
export const long = (bytes: Uint8Array, at: number): number =>
  (triple(bytes, at) | ((bytes[at + 3] ?? 0) << 24)) >>> 0;
