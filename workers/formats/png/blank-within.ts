// A PNG inside another file, where no length may change: what is not seen becomes empty chunks of the same size.
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { blankUpTo, copyUpTo, type Emit } from "../bytes/stripper.ts";
import { frameBytes, headBytes, headOf, signatureBytes, writeChunk } from "./chunks.ts";
import { visibleChunks } from "./strip.ts";

/** A chunk that every reader skips: ancillary, private, safe to copy. */
const EMPTY_CHUNK = "noNe";
const emptyBytes = 4_096;
/** Made once, since a checksum of megabytes of zeros takes its time. */
const emptyChunk = writeChunk(EMPTY_CHUNK, new Uint8Array(emptyBytes));

/** Up to `end`, the picture's place in the file around it. */
export function* blankPngWithin(reader: ByteReader, emit: Emit, end: number): Reading<void> {
  yield* copyUpTo(reader, emit, Math.min(end, reader.position + signatureBytes));
  while (reader.position + frameBytes <= end) {
    const head = yield* reader.peek(headBytes);
    if (head.length < headBytes) return;
    const { type, length } = headOf(head);
    const next = reader.position + frameBytes + length;
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
  for (; left >= emptyChunk.length + frameBytes; left -= emptyChunk.length) emit(emptyChunk.slice());
  emit(writeChunk(EMPTY_CHUNK, new Uint8Array(left - frameBytes)));
}
