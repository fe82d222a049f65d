// A GIF's first frame as rows: a byte a pixel is held, and no canvas.

import type { Size } from "../../../../../schema/facts.ts";
import { type Outcome, refuse } from "../../../../formats/damage.ts";
import { type GifFrame, readBlocks, readScreen } from "../../../../formats/gif/frames.ts";
import type { RowSource } from "../../../kernel/host/job.ts";
import { type AnimationLimits, overLimits } from "../../../plan/animation-limits.ts";
import { coloursOf, refusalOf, storedRow, unpackFrame } from "./frame-codes.ts";

/**
 * The canvas with the first frame on it, row by row; what follows in the file is not even looked at. `canvas` is the size that was
 * planned for: a frame that does not lie on it is refused, and so is one of which not a single row is there.
 */
export function readFirstGifFrame(
  bytes: Uint8Array,
  limits: AnimationLimits,
  canvas: Size,
): Outcome<RowSource> {
  const screen = readScreen(bytes);
  if (!screen.ok) return screen;
  for (const block of readBlocks(bytes, screen.value)) {
    if (!block.ok) return block;
    const frame = block.value;
    if (frame.kind !== "frame") continue;
    const over = overLimits(limits, 1, canvas.width * canvas.height);
    if (over) return { ok: false, error: over };
    if (frame.x + frame.width > canvas.width || frame.y + frame.height > canvas.height)
      return refuse("damaged", "it is larger inside than its header claims");
    const colours = coloursOf(bytes, frame.colours ?? screen.value.colours, frame.transparentIndex);
    return unpackRows(bytes, canvas, frame, colours);
  }
  return refuse("damaged", "it has no frame");
}

function unpackRows(
  bytes: Uint8Array,
  canvas: Size,
  frame: GifFrame,
  colours: Uint32Array,
): Outcome<RowSource> {
  const { width, height, transparentIndex } = frame;
  const indices = new Uint8Array(width * height);
  const unpacked = unpackFrame(bytes, frame, indices);
  const refusal = refusalOf(frame, unpacked);
  if (refusal) return { ok: false, error: refusal };
  const { written } = unpacked;
  const isDamaged = written < indices.length;
  // An interlaced one that breaks off is shown with the rows of its first pass in place of those that are missing.
  const isCovering = width === canvas.width && height === canvas.height;
  const isFilled = !isDamaged || (frame.isInterlaced && written >= width * Math.ceil(height / 8));
  const seesThrough = transparentIndex >= 0 && indices.includes(transparentIndex);
  const value: RowSource = {
    kind: "rows",
    rows: paintRows(canvas, frame, colours, indices, written),
    hasAlpha: !isCovering || !isFilled || seesThrough,
    isDamaged: () => isDamaged,
  };
  return { ok: true, value };
}

/** All rows of the canvas, each in the same memory. */
function* paintRows(
  canvas: Size,
  frame: GifFrame,
  colours: Uint32Array,
  indices: Uint8Array,
  written: number,
): Generator<Uint8ClampedArray> {
  const words = new Uint32Array(canvas.width);
  const row = new Uint8ClampedArray(words.buffer);
  for (let y = 0; y < canvas.height; y++) {
    words.fill(0);
    const from = startOf(y - frame.y, frame, written);
    const columns = Math.min(frame.width, written - from);
    for (let x = 0; x < columns; x++) words[frame.x + x] = colours[indices[from + x] ?? 0] ?? 0;
    yield row;
  }
}

/** Where a shown row of the frame starts among its indices, or one that stands in for it; behind them all where there is none. */
function startOf(shown: number, { width, height, isInterlaced }: GifFrame, written: number): number {
  if (shown < 0 || shown >= height) return written;
  if (!isInterlaced) return Math.min(shown * width, written);
  for (const coarser of [1, 2, 4, 8]) {
    const start = storedRow(shown - (shown % coarser), height) * width;
    if (start + width <= written) return start;
  }
  return written;
}
