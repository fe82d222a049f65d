// What each codec can do and what it costs, as plain facts: the plan reads them without loading a codec.
import type { OutputFormat, SourceFormat } from "../../../schema/facts.ts";
import type { Size } from "../../shared/size.ts";
import { chooseSide } from "../kernel/scale.ts";
import type { OriginalFacts } from "../stored-facts.ts";

export interface ReaderTraits {
  /** Does it hand rows over while it reads, so that no frame is ever held? */
  readonly givesRows: boolean;
  /** Does it give all frames of an animation? */
  readonly readsAnimation: boolean;
  /** The most it holds to give the window at the content's size, besides the answer. */
  peakBytes(facts: OriginalFacts, window: Size, content: Size): number;
}

export interface WriterTraits {
  /** Does it take rows while they are made? */
  readonly takesRows: boolean;
  readonly writesAlpha: boolean;
  readonly writesAnimation: boolean;
  /** The format's own limit. */
  readonly maxSide: number;
  /** Above this many pixels another format is answered: the CPU budget would not hold. */
  readonly maxPixels: number;
  /** The most it holds, besides the picture that it is given. */
  peakBytes(canvas: Size, isLossless: boolean): number;
}

const MiB = 1024 * 1024;
const pixels = ({ width, height }: Size) => width * height;

/** The kernel's tables and buffers, and what it holds for a row. */
const KERNEL_BYTES = 4 * MiB;
const KERNEL_ROW_BYTES = 200;

/** Coefficients are two bytes; a progressive file is held as far as the scale needs it. */
function coefficientBytes(facts: OriginalFacts, window: Size, content: Size): number {
  if (!facts.progressive) return 0;
  const side = chooseSide(window, content);
  return 2 * facts.samplesPerPixel * pixels(facts) * ((side * side) / 64);
}

/** What an Emscripten module takes before it has done anything. */
const EMSCRIPTEN_BYTES = 17 * MiB;

/**
 * A codec that holds the whole frame, as measured from 0.1 to 8 megapixels: so many bytes, and so many more for a
 * pixel, the frame that it hands over among them.
 */
function wholeFrame(baseBytes: number, bytesPerPixel: number) {
  return {
    givesRows: false,
    readsAnimation: false,
    peakBytes: (facts: OriginalFacts) =>
      Math.max(EMSCRIPTEN_BYTES, baseBytes + bytesPerPixel * pixels(facts)),
  } as const;
}

/** Formats that can be rendered from. What is missing here is only ever served as it is. */
export const readers = {
  jpg: {
    givesRows: true,
    readsAnimation: false,
    peakBytes: (facts, window, content) =>
      KERNEL_BYTES + KERNEL_ROW_BYTES * facts.width + coefficientBytes(facts, window, content),
  },
  png: {
    givesRows: true,
    readsAnimation: false,
    peakBytes: (facts) =>
      KERNEL_BYTES + KERNEL_ROW_BYTES * facts.width + (facts.progressive ? 8 * pixels(facts) : 0),
  },
  gif: wholeFrame(3 * MiB, 17),
  webp: wholeFrame(2 * MiB, 9),
  avif: wholeFrame(9 * MiB, 28),
} as const satisfies Partial<Record<SourceFormat, ReaderTraits>>;
export type ReadableFormat = keyof typeof readers;

export function isReadable(format: SourceFormat): format is ReadableFormat {
  return Object.hasOwn(readers, format);
}

/** Formats that can be rendered to. */
export const writers = {
  jpg: {
    takesRows: true,
    writesAlpha: false,
    writesAnimation: false,
    maxSide: 65_500,
    maxPixels: 50_000_000,
    peakBytes: (canvas) => KERNEL_BYTES + 1.5 * pixels(canvas),
  },
  png: {
    takesRows: true,
    writesAlpha: true,
    writesAnimation: false,
    maxSide: 65_500,
    maxPixels: 50_000_000,
    peakBytes: (canvas) => KERNEL_BYTES + 4 * MiB + 3 * pixels(canvas),
  },
  webp: {
    takesRows: false,
    writesAlpha: true,
    writesAnimation: false,
    maxSide: 16_383,
    maxPixels: 50_000_000,
    peakBytes: (canvas, isLossless) =>
      Math.max(EMSCRIPTEN_BYTES, isLossless ? 4 * MiB + 54 * pixels(canvas) : 2 * MiB + 12 * pixels(canvas)),
  },
  avif: {
    takesRows: false,
    writesAlpha: true,
    writesAnimation: false,
    maxSide: 12_000,
    maxPixels: 2_100_000,
    peakBytes: (canvas) => Math.max(EMSCRIPTEN_BYTES, 10 * MiB + 31 * pixels(canvas)),
  },
} as const satisfies Partial<Record<OutputFormat, WriterTraits>>;
export type WritableFormat = keyof typeof writers;

export function isWritable(format: OutputFormat): format is WritableFormat {
  return Object.hasOwn(writers, format);
}
