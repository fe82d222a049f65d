// The shape of every format's stripper, and the two moves they share: copy and blank.
import type { MetadataKept } from "../../../schema/hidden-metadata.ts";
import type { ByteReader, Reading } from "./byte-reader.ts";

export type Emit = (bytes: Uint8Array) => void;

/** Reads the original and emits what may be seen. Rests wherever the reader needs the next chunk. */
export type Stripper = (reader: ByteReader, emit: Emit, kept: MetadataKept) => Reading<void>;

const zerosAtOnce = 16_384;

/** Hands on the next bytes as they lie in the chunks. */
export function* copy(reader: ByteReader, emit: Emit, count: number): Reading<void> {
  for (let left = count; left > 0; ) {
    const bytes = yield* reader.takeSome(left);
    emit(bytes);
    left -= bytes.length;
  }
}

export function emitZeros(emit: Emit, count: number): void {
  emitFilled(emit, count, 0);
}

export function emitFilled(emit: Emit, count: number, value: number): void {
  // Each piece is made anew: whoever reads the stream may take its buffer away.
  for (let left = count; left > 0; left -= zerosAtOnce) {
    emit(new Uint8Array(Math.min(left, zerosAtOnce)).fill(value));
  }
}

/** Hands on what there is up to a position in the file; a file may be shorter than it says. */
export function* copyUpTo(reader: ByteReader, emit: Emit, end: number): Reading<void> {
  while (reader.position < end) {
    const left = end - reader.position;
    const bytes = yield* reader.rest();
    if (bytes === null) return;
    if (bytes.length > left) reader.giveBack(bytes.length - left);
    emit(bytes.subarray(0, left));
  }
}

/** The same room up to a position in the file, without its content. */
export function* blankUpTo(reader: ByteReader, emit: Emit, end: number): Reading<void> {
  yield* copyUpTo(reader, (bytes) => emitZeros(emit, bytes.length), end);
}
