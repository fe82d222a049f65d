// A PNG's pieces pulled one at a time. Only fetching more bytes waits: a 12 MP file has thousands of
// chunks, and a turn of the event loop for each would cost more than inflating them.

import { type Crc, PngChunks, type PngPiece } from "./chunks.ts";

/** The next bytes of the file; undefined at its end. They may be overwritten once more are asked for. */
export type ReadBytes = () => Promise<Uint8Array | undefined>;

export class PngPieces {
  readonly #read: ReadBytes;
  readonly #chunks: PngChunks;
  #pieces: Generator<PngPiece, void, void>;
  #cutOff = false;

  constructor(read: ReadBytes, crc: Crc) {
    this.#read = read;
    this.#chunks = new PngChunks(crc);
    this.#pieces = this.#chunks.push(new Uint8Array(0));
  }

  /** A piece of the bytes at hand; undefined: `fetch()` first. A file that stops early ends in a broken piece. */
  next(): PngPiece | undefined {
    const next = this.#pieces.next();
    if (!next.done) return next.value;
    return this.#cutOff ? truncated : undefined;
  }

  async fetch(): Promise<void> {
    const bytes = await this.#read();
    if (bytes) this.#pieces = this.#chunks.push(bytes);
    else this.#cutOff = true;
  }
}

const truncated: PngPiece = {
  kind: "broken",
  error: { code: "truncated", reason: "The PNG ends too early." },
};
