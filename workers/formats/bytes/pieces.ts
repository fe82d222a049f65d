// How many pieces a file may be cut into: an 18 MB JPEG of 4.5 million empty segments is no picture, but seconds of work a view.
import { Damage } from "../damage.ts";

/** Segments, chunks, blocks or boxes. A PNG of 100 MB in pieces of 1 KB fits, a film of 30,000 frames, a book of maker notes. */
export const maxPieces = 100_000;

/** Of the 255 bytes that a GIF's pixels come in: five times as many as 100 MB need. */
export const maxSubBlocks = 2_000_000;
/** Of a HEIC or AVIF: a grid of 300 MP in tiles of 256 x 256 has 4,600. */
export const maxItems = 20_000;
/** Beyond the first of each item, of all items of a file together. Writers make one an item; libheif takes at most 32. */
export const maxFurtherExtents = 4_096;

export class PieceCount {
  #pieces = 0;
  #subBlocks = 0;

  /** Counts one more; throws `Damage` when there are too many. */
  piece(): void {
    if (++this.#pieces > maxPieces) throw new Damage("it is cut into too many pieces");
  }

  subBlock(): void {
    if (++this.#subBlocks > maxSubBlocks) throw new Damage("its pixels are cut into too many pieces");
  }

  get pieces(): number {
    return this.#pieces;
  }
}
