// How much memory uploads under way may take in one isolate.

export interface MemoryLimits {
  /** For all uploads of at most `smallUploadBytes` together. */
  readonly smallBytes: number;
  /** For all others together. */
  readonly largeBytes: number;
  readonly smallUploadBytes: number;
  /** What an upload takes that has not sent anything yet. */
  readonly leastBytes: number;
  readonly maxWaiting: number;
  /** One that was not heard of for so long is dead: a cancelled request never runs its `finally`. */
  readonly lostMilliseconds: number;
}

/**
 * 26 MB of the isolate's 128, of which 17 are three parts of large files. Each byte that arrives is also garbage once it
 * was copied, and V8 lets some 64 MB of that stand before it looks; the rest is for the module, its answers and what the
 * platform holds of a part while it is sent on.
 */
export const memoryLimits: MemoryLimits = {
  smallBytes: 9_000_000,
  largeBytes: 17_000_000,
  smallUploadBytes: 1_500_000,
  leastBytes: 128 * 1024,
  maxWaiting: 64,
  lostMilliseconds: 120_000,
};
