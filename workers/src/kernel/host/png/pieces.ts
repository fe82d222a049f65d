// A PNG's pieces pulled one at a time. Only fetching more bytes waits: a 12 MP file has thousands of
// chunks, and a turn of the event loop for each would cost more than inflating them.

import { ByteReader } from "../../../../formats/bytes/byte-reader.ts";
import type { Crc } from "../../../../formats/bytes/crc32.ts";
import { Damage } from "../../../../formats/damage.ts";
import { checkedChunks, type PngPiece } from "../../../../formats/png/checked-chunks.ts";

/** The next bytes of the file; undefined at its end. They may be overwritten once more are asked for. */
export type ReadBytes = () => Promise<Uint8Array | undefined>;

export class PngPieces {
  readonly #read: ReadBytes;
  readonly #reader = new ByteReader();
  readonly #pieces: ReturnType<typeof checkedChunks>;
  #isCutOff = false;

  constructor(read: ReadBytes, crc: Crc) {
    this.#read = read;
    this.#pieces = checkedChunks(this.#reader, crc);
  }

  /** A piece of the bytes at hand; undefined: `fetch()` first. A file that stops early ends in a broken piece. */
  next(): PngPiece | undefined {
    if (this.#isCutOff) return truncated;
    const next = this.#pieces.next();
    return next.done ? undefined : next.value;
  }

  async fetch(): Promise<void> {
    const bytes = await this.#read();
    if (bytes) this.#reader.feed(bytes);
    else this.#isCutOff = true;
  }
}

const truncated: PngPiece = {
  kind: "broken",
  error: new Damage("it ends too early", { code: "truncated" }),
};
