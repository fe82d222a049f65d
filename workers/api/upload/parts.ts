// Cuts a stream into the equal parts that R2 asks for, with one part in memory.
import type { Hold } from "./memory.ts";

export interface Part {
  /** Valid until the next part is asked for, or the generator is ended: the buffer is used again. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly isLast: boolean;
}

/** The smallest that R2 takes for any part but the last. */
export const PART_BYTES = 5 * 1024 * 1024;
const FIRST_BUFFER_BYTES = 64 * 1024;
/** A file that outgrows it gets all that it can need at once: then it never waits for room with half of a part. */
const SMALL_FILE_BYTES = 1024 * 1024;

interface Sizes {
  /** What the file can't be longer than, as far as it was told. */
  readonly atMostBytes: number | undefined;
  readonly partBytes?: number;
}

/** Yields at least one part; all but the last have exactly `partBytes`. Holds memory before it takes it. */
export async function* inParts(
  chunks: AsyncIterable<Uint8Array>,
  hold: Hold,
  { atMostBytes, partBytes = PART_BYTES }: Sizes,
): AsyncGenerator<Part> {
  let buffer = new Uint8Array(Math.min(FIRST_BUFFER_BYTES, partBytes));
  let filled = 0;
  try {
    for await (const chunk of chunks) {
      for (let at = 0; at < chunk.length; ) {
        // A full part goes out only when another byte is at hand, so that the last part is known to be the last.
        if (filled === partBytes) {
          yield { bytes: buffer, isLast: false };
          filled = 0;
        }
        const piece = chunk.subarray(at, at + partBytes - filled);
        const needed = filled + piece.length;
        if (needed > buffer.length) {
          const length = lengthFor(needed, atMostBytes ?? partBytes, partBytes);
          await hold("part", length);
          buffer = grown(buffer, filled, length);
        }
        buffer.set(piece, filled);
        filled += piece.length;
        at += piece.length;
      }
    }
    yield { bytes: buffer.subarray(0, filled), isLast: true };
  } finally {
    free(buffer);
    await hold("part", 0);
  }
}

/** In few steps, because each leaves the one before as garbage; a small file takes little memory all the same. */
function lengthFor(needed: number, atMostBytes: number, partBytes: number): number {
  const step = needed <= SMALL_FILE_BYTES / 4 ? SMALL_FILE_BYTES / 4 : SMALL_FILE_BYTES;
  const wanted = needed <= SMALL_FILE_BYTES ? step : partBytes;
  // A drawing can come out longer than it was told.
  return Math.min(
    wanted,
    needed <= atMostBytes ? Math.max(atMostBytes, FIRST_BUFFER_BYTES) : wanted,
    partBytes,
  );
}

function grown(buffer: Uint8Array<ArrayBuffer>, filled: number, length: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(length);
  larger.set(buffer.subarray(0, filled));
  free(buffer);
  return larger;
}

/** At once: V8 lets 64 MB of dead buffers stand before it looks for them. Who still reads the memory keeps it. */
function free(buffer: Uint8Array<ArrayBuffer>): void {
  buffer.buffer.transfer(0);
}
