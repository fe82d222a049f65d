// What each codec can do and what it costs, as plain facts: the plan reads them without loading a codec.
import type { OutputFormat, SourceFormat } from "../../../schema/facts.ts";
import type { Size } from "../../shared/size.ts";

export interface ReaderTraits {
  /** Can it shrink while it decodes, so that the whole frame is never held? */
  readonly decodesScaled: boolean;
  /** Does it give all frames of an animation? */
  readonly readsAnimation: boolean;
  /** Its peak in bytes for a frame of a megapixel: its own memory, the copy of the file, and the RGBA it hands over. */
  readonly bytesPerPixel: number;
  /** What it holds whatever the size. */
  readonly baseBytes: number;
}

export interface WriterTraits {
  readonly writesAlpha: boolean;
  readonly writesAnimation: boolean;
  /** The format's own limit. */
  readonly maxSide: number;
  /** Above this many pixels another format is answered: the engine's CPU budget would not hold. */
  readonly maxPixels: number;
  readonly bytesPerPixel: number;
  readonly baseBytes: number;
}

const MiB = 1024 * 1024;

/** Formats that can be rendered from. What is missing here is only ever served as it is. */
export const readers = {
  jpg: { decodesScaled: false, readsAnimation: false, bytesPerPixel: 14, baseBytes: 2 * MiB },
  png: { decodesScaled: false, readsAnimation: false, bytesPerPixel: 17, baseBytes: 3 * MiB },
  gif: { decodesScaled: false, readsAnimation: false, bytesPerPixel: 17, baseBytes: 3 * MiB },
  webp: { decodesScaled: false, readsAnimation: false, bytesPerPixel: 14, baseBytes: 2 * MiB },
  avif: { decodesScaled: false, readsAnimation: false, bytesPerPixel: 36, baseBytes: 4 * MiB },
} as const satisfies Partial<Record<SourceFormat, ReaderTraits>>;
export type ReadableFormat = keyof typeof readers;

export function isReadable(format: SourceFormat): format is ReadableFormat {
  return Object.hasOwn(readers, format);
}

/** Formats that can be rendered to. */
export const writers = {
  jpg: {
    writesAlpha: false,
    writesAnimation: false,
    maxSide: 65_500,
    maxPixels: 50_000_000,
    bytesPerPixel: 12,
    baseBytes: 2 * MiB,
  },
  png: {
    writesAlpha: true,
    writesAnimation: false,
    maxSide: 65_500,
    maxPixels: 50_000_000,
    bytesPerPixel: 13,
    baseBytes: 3 * MiB,
  },
  webp: {
    writesAlpha: true,
    writesAnimation: false,
    maxSide: 16_383,
    maxPixels: 50_000_000,
    bytesPerPixel: 14,
    baseBytes: 2 * MiB,
  },
  avif: {
    writesAlpha: true,
    writesAnimation: false,
    maxSide: 12_000,
    maxPixels: 2_100_000,
    bytesPerPixel: 36,
    baseBytes: 8 * MiB,
  },
} as const satisfies Partial<Record<OutputFormat, WriterTraits>>;
export type WritableFormat = keyof typeof writers;

export function isWritable(format: OutputFormat): format is WritableFormat {
  return Object.hasOwn(writers, format);
}

/** Bytes at the peak of a job on a picture of this size. */
export function peakBytes(traits: { bytesPerPixel: number; baseBytes: number }, size: Size): number {
  return traits.baseBytes + traits.bytesPerPixel * size.width * size.height;
}
