// The one shape of all that unpacks a strip or tile: packed bytes go in as they come, and as much comes out as there is room for.

export interface Unpacker {
  /** A new strip begins; whatever is left of the one before is forgotten. */
  start(): void;
  /** The next packed bytes, good until the next call; null: there are no more. Only when `fill` wants some. */
  feed(bytes: Uint8Array | null): void;
  /** Writes into `target` from `at` on, and answers how far it came: where that is not the end, it wants more bytes. */
  fill(target: Uint8Array, at: number): number;
}

export const noBytes = new Uint8Array(0);
