// How far the WebAssembly memories of a job may grow: what its plan foresees for each, and a little more.

export interface MemoryCaps {
  /** The decoder's. */
  readonly reader: number;
  /** The kernel's, while it reads the original or the decoder's frame. */
  readonly kernel: number;
  /** The encoder's. */
  readonly writer: number;
  /** What is held of a file that can only go out at its end: a moving WebP. */
  readonly file: number;
}

const MiB = 1024 * 1024;

/** A formula is good picture by picture, not byte by byte; and what is refused here is refused for good. */
export function capOf(plannedBytes: number): number {
  return plannedBytes * 1.125 + MiB;
}

/** For work without a plan of its own: no more than any job may have. */
const NO_PLAN_BYTES = 96 * MiB;
export const noPlan: MemoryCaps = Object.freeze({
  reader: NO_PLAN_BYTES,
  kernel: NO_PLAN_BYTES,
  writer: NO_PLAN_BYTES,
  file: NO_PLAN_BYTES,
});
