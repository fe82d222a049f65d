// How an original becomes what is served, as a list: parts of it that stay, and bytes that come in their place. Made by one walk, it
// tells the length, and lets a range be answered from the parts that it touches.
import type { ByteReader, Reading } from "../../formats/bytes/byte-reader.ts";
import type { Bytes } from "../../formats/bytes/source.ts";
import { copy, type Emit, emitFilled } from "../../formats/bytes/stripper.ts";

type Part =
  | { readonly kind: "original"; readonly offset: number; readonly length: number }
  | { readonly kind: "new"; readonly bytes: Uint8Array; readonly length: number }
  | { readonly kind: "filled"; readonly value: number; readonly length: number };

export interface Recipe {
  readonly parts: readonly Part[];
  /** Of the whole answer. */
  readonly length: number;
  /** What it takes to keep it. */
  readonly bytes: number;
}

/** A picture has some dozens of parts that go; one with more is walked each time. */
const MAX_PARTS = 256;
const MAX_NEW_BYTES = 131_072;
const PART_BYTES = 100;
/** Shorter runs of one byte are kept as they are. */
const WORTH_FILLING = 64;

/** Listens to a stripper: what it hands on either lies in the original, or is new. */
export class Recorder {
  readonly #reader: ByteReader;
  #parts: Part[] | null = [];
  #newBytes = 0;
  /** Bytes so far. */
  length = 0;

  constructor(reader: ByteReader) {
    this.#reader = reader;
  }

  readonly add = (bytes: Uint8Array): void => {
    this.length += bytes.length;
    if (!this.#parts || bytes.length === 0) return;
    const offset = this.#placeOf(bytes);
    const last = this.#parts.at(-1);
    if (offset !== null) {
      const isNext = last?.kind === "original" && last.offset + last.length === offset;
      const start = isNext ? last.offset : offset;
      if (isNext) this.#parts.pop();
      this.#parts.push({ kind: "original", offset: start, length: offset + bytes.length - start });
    } else if (bytes.length >= WORTH_FILLING && bytes.every((byte) => byte === bytes[0])) {
      this.#parts.push({ kind: "filled", value: bytes[0] ?? 0, length: bytes.length });
    } else {
      this.#newBytes += bytes.length;
      this.#parts.push({ kind: "new", bytes: bytes.slice(), length: bytes.length });
    }
    if (this.#parts.length > MAX_PARTS || this.#newBytes > MAX_NEW_BYTES) this.#parts = null;
  };

  /** Null where it would be too long to keep. */
  get recipe(): Recipe | null {
    if (!this.#parts) return null;
    const bytes = this.#newBytes + this.#parts.length * PART_BYTES;
    return { parts: this.#parts, length: this.length, bytes };
  }

  /** Heads and small segments are handed on as copies: these end where the reader stands. */
  #placeOf(bytes: Uint8Array): number | null {
    const place = this.#reader.placeOf(bytes);
    if (place !== null) return place;
    const behind = this.#reader.position - bytes.length;
    return this.#reader.has(behind, bytes) ? behind : null;
  }
}

/** A stripper that need not look: it knows where everything goes. */
export function* followRecipe({ parts }: Recipe, reader: ByteReader, emit: Emit): Reading<void> {
  for (const part of parts) {
    if (part.kind === "new") emit(part.bytes.slice());
    else if (part.kind === "filled") emitFilled(emit, part.length, part.value);
    else {
      yield* reader.skip(part.offset - reader.position);
      yield* copy(reader, emit, part.length);
    }
  }
}

/** So much of the original is held at a time. */
const STEP_BYTES = 1_048_576;

/** The answer's bytes from `first` to `last`, both included; reads no other part of the original. */
export async function* servedPart(
  { parts }: Recipe,
  original: Pick<Bytes, "range">,
  first: number,
  last: number,
): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (const part of parts) {
    const from = Math.max(0, first - at);
    const to = Math.min(part.length, last + 1 - at);
    at += part.length;
    for (let start = from; start < to; start += STEP_BYTES) {
      const length = Math.min(STEP_BYTES, to - start);
      if (part.kind === "original") yield await original.range(part.offset + start, length);
      else if (part.kind === "new") yield part.bytes.slice(start, start + length);
      else yield new Uint8Array(length).fill(part.value);
    }
    if (at > last) return;
  }
}
