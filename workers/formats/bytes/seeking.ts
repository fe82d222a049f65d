// Reads a file from place to place, forwards for the most part: one stream for as long as it serves, another where it does not.
import { Damage } from "../damage.ts";
import { type Chunks, openChunks } from "./chunks.ts";
import type { Bytes, ReadRange } from "./source.ts";

/** What is passed over rather than jumped: a stream costs a trip to the bucket. */
const worthJumping = 1 << 20;
/** A request may ask the bucket a thousand times. */
const maxStreams = 200;
/** A file of which everything lies backwards is held, up to this length. */
export const mostHeldBackwards = 4 << 20;

const nothing = new Uint8Array(0);

export class Seeking {
  readonly #bytes: Bytes;
  #chunks: Chunks | null = null;
  /** What is at hand, and where in the file it begins. */
  #piece: Uint8Array = nothing;
  #at = 0;
  #streams = 0;
  /** The whole of a short file, once it was read backwards. */
  #held: Uint8Array | null = null;

  constructor(bytes: Bytes) {
    this.#bytes = bytes;
  }

  async seek(offset: number): Promise<void> {
    if (this.#held) return this.#stand(offset);
    if (this.#chunks && offset < this.#at) await this.#hold();
    if (this.#held) return this.#stand(offset);
    if (this.#chunks && offset >= this.#at && offset - this.#at <= worthJumping + this.#piece.length)
      return this.#passUpTo(offset);
    await this.close();
    if (++this.#streams > maxStreams) throw new Damage("its parts lie in too much disorder");
    // The beginning may have been fetched ahead.
    const from = offset <= worthJumping ? 0 : offset;
    this.#chunks = openChunks(await this.#bytes.stream(from), "shared");
    this.#piece = nothing;
    this.#at = from;
    await this.#passUpTo(offset);
  }

  /** The next bytes, at most so many of them, good until the next call; null at the end of the file. */
  async next(most: number): Promise<Uint8Array | null> {
    if (this.#piece.length === 0 && this.#chunks) this.#piece = (await this.#chunks.next()) ?? nothing;
    if (this.#piece.length === 0) return null;
    const bytes = this.#piece.subarray(0, most);
    this.#use(bytes.length);
    return bytes;
  }

  async close(): Promise<void> {
    const chunks = this.#chunks;
    this.#chunks = null;
    await chunks?.cancel().catch(() => undefined);
  }

  async #hold(): Promise<void> {
    const start = await this.#bytes.range(0, mostHeldBackwards + 1);
    if (start.length > mostHeldBackwards) return;
    await this.close();
    this.#held = start;
  }

  #stand(offset: number): void {
    this.#piece = this.#held?.subarray(offset) ?? nothing;
    this.#at = offset;
  }

  async #passUpTo(offset: number): Promise<void> {
    while (this.#at < offset) if (!(await this.next(offset - this.#at))) return;
  }

  #use(count: number): void {
    this.#piece = this.#piece.subarray(count);
    this.#at += count;
  }
}

const windowBytes = 65_536;

/** Answers small reads near each other from one large one. */
export function inWindows(readRange: ReadRange): ReadRange {
  let start = 0;
  let held: Uint8Array = nothing;
  return async (offset, length) => {
    if (offset < start || offset + length > start + held.length) {
      // What belongs to a directory stands before it as often as behind it.
      start = Math.max(0, offset - windowBytes / 2);
      held = await readRange(start, offset - start + Math.max(length, windowBytes / 2));
    }
    return held.slice(Math.min(offset - start, held.length), offset - start + length);
  };
}
