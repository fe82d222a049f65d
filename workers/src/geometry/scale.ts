// How far a JPEG may be shrunk while it is decoded: eighths of its size that cost less than the whole.

/** Samples that a block of 8x8 gives along a side. */
export type Side = 1 | 2 | 4 | 8;

interface Extent {
  readonly width: number;
  readonly height: number;
}

/**
 * The smallest scale that leaves the real filter at least twice the target (libvips' rule: less is
 * quicker, and visibly softer).
 */
export function chooseSide(window: Extent, target: Extent): Side {
  const spare = Math.min(window.width / target.width, window.height / target.height) / 2;
  if (spare >= 8) return 1;
  if (spare >= 4) return 2;
  return spare >= 2 ? 4 : 8;
}
