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

/** What an interlaced picture is made smaller by while it is read. */
export type Reduction = 1 | 2 | 4 | 8 | 16;

interface Reducible {
  readonly stored: Extent;
  readonly window: Extent;
  readonly size: Extent;
}

/** Above this a coarser mean is taken, if it is not coarser than what was asked for. */
const wantedHeldBytes = 32 << 20;

/**
 * Adam7's rows are there only after the last of seven passes, so pixels are held: as they are, or added up in cells. The largest cells that
 * leave the real filter twice the target; larger ones where they would take too much memory.
 */
export function chooseReduction({ stored, window, size }: Reducible): Reduction {
  const spare = Math.min(window.width / size.width, window.height / size.height);
  const reductions = [1, 2, 4, 8, 16] as const;
  const fine = reductions.findLast((reduction) => spare >= 2 * reduction) ?? 1;
  const enough = (reduction: Reduction) => heldBytes(stored, reduction) <= wantedHeldBytes;
  const coarse = reductions.filter((reduction) => reduction >= fine && reduction <= spare);
  return coarse.find(enough) ?? coarse.at(-1) ?? 1;
}

/** RGBA a pixel, or four sums of 16 bits a cell. */
export function heldBytes({ width, height }: Extent, reduction: Reduction): number {
  if (reduction === 1) return width * height * 4;
  return Math.ceil(width / reduction) * Math.ceil(height / reduction) * 8;
}
