// Pulls fields out of a stream of chunks: a format's reader is a generator that rests whenever it needs the next chunk.
import { Damage } from "../damage.ts";

/** Yields whenever the chunk at hand is used up; resumed after `feed` or `end`. */
export type Reading<T> = Generator<undefined, T, undefined>;

const nothing = new Uint8Array(0);

export class ByteReader {
  #chunk: Uint8Array = nothing;
  #chunkBytes = 0;
  #at = 0;
  #chunkStart = 0;
  #ended = false;
  /** The file must reach at least here for the reader to go on. */
  wanted = 0;

  /** Bytes read or skipped so far. */
  get position(): number {
    return this.#chunkStart + this.#at;
  }

  /** Bytes at hand. While there are enough, walkers read them at once: a generator for each field costs more than the field. */
  get left(): number {
    return this.#chunk.length - this.#at;
  }

  /** Whether more was wanted than the file, which has ended, holds. */
  get isCutOff(): boolean {
    return this.#ended && this.wanted > this.position + this.left;
  }

  /** Waits until so many bytes are at hand in one piece. For small counts. */
  *need(count: number): Reading<void> {
    this.wanted = this.position + count;
    while (this.left < count) {
      if (this.#ended) throw new Damage("the file ends too early");
      yield;
    }
  }

  /** The byte `ahead` of the next one; only of what `left` says is at hand. */
  at(ahead: number): number {
    return this.#chunk[this.#at + ahead] ?? 0;
  }

  /** The next `count` bytes, used; only of what `left` says is at hand. Valid until the next read. */
  now(count: number): Uint8Array {
    this.#at += count;
    return this.#chunk.subarray(this.#at - count, this.#at);
  }

  /** Where in the file these bytes lie; null where they are no view of what is at hand. */
  placeOf(bytes: Uint8Array): number | null {
    const place = bytes.byteOffset - this.#chunk.byteOffset;
    const isView = bytes.buffer === this.#chunk.buffer && place >= 0;
    return isView && place + bytes.length <= this.#chunk.length ? this.#chunkStart + place : null;
  }

  /** Whether the file holds the same bytes at this place; false where that is no longer at hand. */
  has(place: number, bytes: Uint8Array): boolean {
    const start = place - this.#chunkStart;
    if (start < 0 || start + bytes.length > this.#chunk.length) return false;
    return bytes.every((byte, index) => byte === this.#chunk[start + index]);
  }

  feed(chunk: Uint8Array): void {
    // A chunk that is used up may be gone: whoever reads into one buffer has taken it away.
    const isUsedUp = this.#at === this.#chunkBytes;
    const now = isUsedUp ? chunk : joined(this.#chunk.subarray(this.#at), chunk);
    this.#chunkStart += this.#at;
    this.#at = 0;
    this.#chunk = now;
    this.#chunkBytes = now.length;
  }

  /** What is left of the chunk gets memory of its own: the chunk's is about to be used again. */
  own(): void {
    this.#chunkStart += this.#at;
    this.#chunk = this.#chunk.slice(this.#at);
    this.#chunkBytes = this.#chunk.length;
    this.#at = 0;
  }

  end(): void {
    this.#ended = true;
  }

  /** Looks at the next bytes without using them; fewer than asked for at the end. For small counts. */
  *peek(count: number): Reading<Uint8Array> {
    this.wanted = this.position + count;
    while (this.#chunk.length - this.#at < count && !this.#ended) yield;
    return this.#chunk.subarray(this.#at, this.#at + count);
  }

  /** As many bytes as asked for, or as many as there are. Valid until the next read. */
  *takeUpTo(count: number): Reading<Uint8Array> {
    this.wanted = this.position + count;
    return this.left >= count ? this.now(count) : yield* this.#keepUpTo(count);
  }

  *#keepUpTo(count: number): Reading<Uint8Array<ArrayBuffer>> {
    this.wanted = this.position + count;
    const bytes = new Uint8Array(count);
    let filled = 0;
    for (;;) {
      const piece = this.#chunk.subarray(this.#at, this.#at + count - filled);
      bytes.set(piece, filled);
      filled += piece.length;
      this.#at += piece.length;
      if (filled === count || this.#ended) return bytes.subarray(0, filled);
      yield;
    }
  }

  *take(count: number): Reading<Uint8Array> {
    const bytes = yield* this.takeUpTo(count);
    if (bytes.length < count) throw new Damage("the file ends too early");
    return bytes;
  }

  /** The same in memory of its own: good for ever, and the only copy. */
  *keep(count: number): Reading<Uint8Array<ArrayBuffer>> {
    const bytes = yield* this.#keepUpTo(count);
    if (bytes.length < count) throw new Damage("the file ends too early");
    return bytes;
  }

  *view(count: number): Reading<DataView> {
    const bytes = yield* this.take(count);
    return new DataView(bytes.buffer, bytes.byteOffset, count);
  }

  *byte(): Reading<number> {
    this.wanted = this.position + 1;
    while (this.#at >= this.#chunk.length) {
      if (this.#ended) throw new Damage("the file ends too early");
      yield;
    }
    return this.#chunk[this.#at++] ?? 0;
  }

  *skip(count: number): Reading<void> {
    this.wanted = this.position + count;
    let left = count;
    for (;;) {
      const step = Math.min(left, this.#chunk.length - this.#at);
      this.#at += step;
      left -= step;
      if (left === 0) return;
      if (this.#ended) throw new Damage("the file ends too early");
      yield;
    }
  }

  /** All that is at hand, at least one byte; null at the end of the file. */
  *rest(): Reading<Uint8Array | null> {
    this.wanted = this.position + 1;
    while (this.#at >= this.#chunk.length) {
      if (this.#ended) return null;
      yield;
    }
    const rest = this.#chunk.subarray(this.#at);
    this.#at = this.#chunk.length;
    return rest;
  }

  /** What is at hand of the next `count` bytes, at least one of them. Valid until the next read. */
  *takeSome(count: number): Reading<Uint8Array> {
    const bytes = yield* this.rest();
    if (bytes === null) throw new Damage("the file ends too early");
    if (bytes.length <= count) return bytes;
    this.giveBack(bytes.length - count);
    return bytes.subarray(0, count);
  }

  /** Gives back the last bytes of what `rest` has just handed out. */
  giveBack(count: number): void {
    this.#at -= count;
  }
}

/** What a reading makes of bytes that are all there. */
export function readAll<T>(bytes: Uint8Array, read: (reader: ByteReader) => Reading<T>): T {
  const reader = new ByteReader();
  reader.feed(bytes);
  reader.end();
  return finish(read(reader));
}

/** Runs to its end a reading that has all its bytes at hand. */
export function finish<T>(reading: Reading<T>): T {
  const { done, value } = reading.next();
  if (!done) throw new Damage("the file ends too early");
  return value;
}

/** Both, one behind the other, in memory of their own. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
