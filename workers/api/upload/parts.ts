// Cuts a stream into the equal parts that R2 asks for, with one part in memory.

export interface Part {
  /** Valid until the next part is asked for: the buffer is used again. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly isLast: boolean;
}

/** The smallest that R2 takes for any part but the last. */
export const PART_BYTES = 5 * 1024 * 1024;
const FIRST_BUFFER_BYTES = 64 * 1024;

/** Yields at least one part; all but the last have exactly `partBytes`. */
export async function* inParts(
  chunks: AsyncIterable<Uint8Array>,
  partBytes = PART_BYTES,
): AsyncGenerator<Part> {
  let buffer = new Uint8Array(Math.min(FIRST_BUFFER_BYTES, partBytes));
  let filled = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; ) {
      // A full part goes out only when another byte is at hand, so that the last part is known to be the last.
      if (filled === partBytes) {
        yield { bytes: buffer, isLast: false };
        filled = 0;
      }
      const piece = chunk.subarray(at, at + partBytes - filled);
      buffer = withRoomFor(buffer, filled, piece.length, partBytes);
      buffer.set(piece, filled);
      filled += piece.length;
      at += piece.length;
    }
  }
  yield { bytes: buffer.subarray(0, filled), isLast: true };
}

/** Grows by doubling up to a part, so that a small file takes little memory. */
function withRoomFor(buffer: Uint8Array<ArrayBuffer>, filled: number, more: number, partBytes: number) {
  if (filled + more <= buffer.length) return buffer;
  let length = buffer.length;
  while (length < filled + more) length *= 2;
  const larger = new Uint8Array(Math.min(length, partBytes));
  larger.set(buffer.subarray(0, filled));
  return larger;
}
