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
/** Tiles of one colour may share their bytes … */
const mostReadAgain = 16 << 20;

const nothing = new Uint8Array(0);

/**
 * What those who read one file have done together. The attack: 18 MB whose strips lie in turns near the end and near the beginning were 3 GB
 * out of the bucket, and a hundred thousand tiles that are all the same kilobyte hours of work.
 */
export class Reach {
  #streams = 0;
  #used = 0;
  #farthest = 0;
  #held: Promise<Uint8Array | null> | undefined;

  /** Counts one more stream. */
  stream(): void {
    if (++this.#streams > maxStreams) throw new Damage("its parts lie in too much disorder");
  }

  /** Counts bytes that end at `end`. */
  use(count: number, end: number): void {
    this.#used += count;
    this.#farthest = Math.max(this.#farthest, end);
    if (this.#used > 2 * this.#farthest + mostReadAgain)
      throw new Damage("its parts are the same bytes again and again");
  }

  /** The whole of a short file; null for a long one. */
  hold(bytes: Bytes): Promise<Uint8Array | null> {
    this.#held ??= bytes
      .range(0, mostHeldBackwards + 1)
      .then((start) => (start.length > mostHeldBackwards ? null : start));
    return this.#held;
  }
}

export class Seeking {
  readonly #bytes: Bytes;
  readonly #reach: Reach;
  #chunks: Chunks | null = null;
  /** What is at hand, and where in the file it begins. */
  #piece: Uint8Array = nothing;
  #at = 0;
  /** The whole of a short file, once it was read backwards. */
  #held: Uint8Array | null = null;

  /** `reach`: shared by all who read the file for one job. */
  constructor(bytes: Bytes, reach = new Reach()) {
    this.#bytes = bytes;
    this.#reach = reach;
  }

  async seek(offset: number): Promise<void> {
    if (!this.#held && this.#chunks && offset < this.#at) this.#held = await this.#reach.hold(this.#bytes);
    if (this.#held) {
      await this.close();
      this.#piece = this.#held.subarray(offset);
      this.#at = offset;
      return;
    }
    if (this.#chunks && offset >= this.#at && offset - this.#at <= worthJumping + this.#piece.length)
      return this.#passUpTo(offset);
    await this.close();
    this.#reach.stream();
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
    this.#piece = this.#piece.subarray(bytes.length);
    this.#at += bytes.length;
    this.#reach.use(bytes.length, this.#at);
    return bytes;
  }

  async close(): Promise<void> {
    const chunks = this.#chunks;
    this.#chunks = null;
    await chunks?.cancel().catch(() => undefined);
  }

  async #passUpTo(offset: number): Promise<void> {
    while (this.#at < offset) if (!(await this.next(offset - this.#at))) return;
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
