// A PNG inside another file, where no length may change: what is not seen becomes empty chunks of the same size.
import { ascii } from "../bytes/ascii.ts";
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { blankUpTo, copyUpTo, type Emit } from "../bytes/stripper.ts";
import { pngChunk, visibleChunks } from "./strip.ts";

/** A chunk that every reader skips: ancillary, private, safe to copy. */
const EMPTY_CHUNK = "noNe";
const CHUNK_FRAME_BYTES = 12;
const emptyBytes = 4_096;
/** Made once, since a checksum of megabytes of zeros takes its time. */
const emptyChunk = pngChunk(EMPTY_CHUNK, new Uint8Array(emptyBytes));

/** Up to `end`, the picture's place in the file around it. */
export function* blankPngWithin(reader: ByteReader, emit: Emit, end: number): Reading<void> {
  yield* copyUpTo(reader, emit, Math.min(end, reader.position + 8));
  while (reader.position + CHUNK_FRAME_BYTES <= end) {
    const head = Uint8Array.from(yield* reader.peek(8));
    if (head.length < 8) return;
    const type = ascii(head, 4, 8);
    const next = reader.position + CHUNK_FRAME_BYTES + new DataView(head.buffer).getUint32(0);
    if (next > end) break;
    if (visibleChunks.has(type)) yield* copyUpTo(reader, emit, next);
    else {
      emitEmptyChunks(emit, next - reader.position);
      yield* reader.skip(next - reader.position);
    }
    if (type === "IEND") break;
  }
  yield* blankUpTo(reader, emit, end);
}

/** Exactly so many bytes, 12 at least. */
function emitEmptyChunks(emit: Emit, count: number): void {
  let left = count;
  // What stays for the last one must be a whole chunk, too.
  for (; left >= emptyChunk.length + CHUNK_FRAME_BYTES; left -= emptyChunk.length) emit(emptyChunk.slice());
  emit(pngChunk(EMPTY_CHUNK, new Uint8Array(left - CHUNK_FRAME_BYTES)));
}
