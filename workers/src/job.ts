// How a variant is made and the memory that it takes at its peak; and the small render that some must have first.
import type { Size } from "../shared/size.ts";
import { type ReadableFormat, readers, writers } from "./codecs/traits.ts";
import { fitInside } from "./geometry.ts";
import type { Box } from "./pixels.ts";
import type { OriginalFacts } from "./stored-facts.ts";
import type { Variant } from "./variant.ts";

export interface Look {
  /** How far a border's colours may lie apart; null = borders stay. */
  readonly trim: number | null;
  readonly isFocusWanted: boolean;
  /** The size at which the whole turned picture is looked at. */
  readonly content: Size;
  readonly memoryBytes: number;
}

/** Borders are found to the pixel up to here; a larger picture is looked at smaller, and may keep a few pixels of them. */
const TRIM_LOOK_SIDE = 2048;
/** The eye is drawn by shapes, not by detail. */
export const SALIENCY_SIDE = 128;

export function lookFor(
  trim: number | null,
  isFocusWanted: boolean,
  whole: Box,
  source: ReadableFormat,
  facts: OriginalFacts,
): Look {
  const side = trim === null ? SALIENCY_SIDE : TRIM_LOOK_SIDE;
  const content = fitInside(whole, { width: side, height: side }, false);
  const memoryBytes = readers[source].peakBytes(facts, whole, content) + RGBA_BYTES * area(content);
  return { trim, isFocusWanted, content, memoryBytes };
}

/** How a variant is made, and what that takes. */
export function jobFor(variant: Variant, source: ReadableFormat, facts: OriginalFacts) {
  const reader = readers[source];
  const writer = writers[variant.format];
  const isStraight = variant.turn === 1 && variant.fill === null && variant.behind === null;
  const hasEffects = Object.values(variant.effects).some((effect) => effect !== null);
  const inRows = reader.givesRows && writer.takesRows && isStraight && !hasEffects;
  const { window, content, canvas } = variant;
  // In rows the picture never stands whole. Otherwise both codecs count: a dropped one stays until the collector runs.
  const pictureBytes = inRows
    ? 0
    : (RGBA_BYTES + stepBytes(variant, facts.alpha)) * Math.max(area(content), area(canvas));
  const memoryBytes =
    reader.peakBytes(facts, window, content) +
    pictureBytes +
    writer.peakBytes(canvas, variant.quality === null);
  return { variant, inRows, memoryBytes };
}

const RGBA_BYTES = 4;

/** What the hungriest step holds for a pixel, besides the picture itself. */
function stepBytes({ effects, fill }: Variant, hasAlpha: boolean): number {
  const blurBytes = effects.blurSigma === null ? 0 : hasAlpha ? 20 : 4;
  const sharpenBytes = effects.sharpen === null ? 0 : 4;
  return Math.max(blurBytes, sharpenBytes, fill === null ? 0 : RGBA_BYTES);
}

const area = ({ width, height }: Size) => width * height;
