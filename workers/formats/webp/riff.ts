// The chunks of a WebP file (RFC 9649, sections 2.3 and 2.7): four letters, a length, a payload, one byte of padding if odd.
import { ascii, startsWith } from "../bytes/ascii.ts";
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { ByteSink } from "../bytes/byte-sink.ts";
import { long } from "../bytes/numbers.ts";
import { maxPieces } from "../bytes/pieces.ts";
import { Damage } from "../damage.ts";

export interface Chunk {
  readonly id: string;
  readonly payload: Uint8Array;
  /** The file ends before the chunk does. */
  readonly isCut?: boolean;
}

export interface ChunkHead {
  /** As it stands in the file. */
  readonly bytes: Uint8Array;
  readonly id: string;
  readonly length: number;
}

/** RIFF, the length, WEBP. */
export const riffHeaderBytes = 12;
export const headBytes = 8;

export const isWebp = (file: Uint8Array): boolean =>
  startsWith(file, "RIFF") && ascii(file, 8, 12) === "WEBP";

/** Where the file ends by its header's word. */
export const endOfRiff = (header: Uint8Array): number => 8 + long(header, 4);

export const padded = (length: number): number => length + (length & 1);

export function headOf(bytes: Uint8Array): ChunkHead {
  return { bytes, id: ascii(bytes, 0, 4), length: long(bytes, 4) };
}

/** Uses the head of the next chunk, which is valid until the next read. `end` is the file's, or a frame's. */
export function* readHead(reader: ByteReader, end: number): Reading<ChunkHead> {
  const head = headOf(reader.left >= headBytes ? reader.now(headBytes) : yield* reader.take(headBytes));
  if (reader.position + head.length > end) throw new Damage("a chunk reaches past the file's length");
  return head;
}

/** Uses all up to a position; false where the file ends before. */
export function* passUpTo(reader: ByteReader, end: number): Reading<boolean> {
  while (reader.position < end) {
    const left = end - reader.position;
    const bytes = yield* reader.rest();
    if (!bytes) return false;
    if (bytes.length > left) reader.giveBack(bytes.length - left);
  }
  return true;
}

/** Of a file that is here: `null` is one too many. Nothing follows it, nor a chunk that is cut off. */
export function* readChunks(bytes: Uint8Array): Generator<Chunk | null, void> {
  let at = 0;
  for (let count = 0; at + headBytes <= bytes.length; count++) {
    if (count >= maxPieces) return yield null;
    const { id, length } = headOf(bytes.subarray(at, at + headBytes));
    const start = at + headBytes;
    if (start + length > bytes.length) return yield { id, payload: bytes.subarray(start), isCut: true };
    yield { id, payload: bytes.subarray(start, start + length) };
    at = start + padded(length);
  }
}

/** The chunks inside `RIFF….WEBP`, or null when this is no WebP. */
export function insideRiff(bytes: Uint8Array): Uint8Array | null {
  return isWebp(bytes) ? bytes.subarray(riffHeaderBytes) : null;
}

/** A file that begins; `endRiff` makes it whole. */
export function startRiff(): ByteSink {
  const sink = new ByteSink();
  sink.text("RIFF\0\0\0\0WEBP");
  return sink;
}

export function endRiff(sink: ByteSink): Uint8Array<ArrayBuffer> {
  sink.patchLong(4, sink.length - 8);
  return sink.take();
}

export function writeChunks(sink: ByteSink, chunks: readonly Chunk[]): void {
  for (const { id, payload } of chunks) {
    sink.text(id);
    sink.long(payload.length);
    sink.append(payload);
    if (payload.length & 1) sink.byte(0);
  }
}
