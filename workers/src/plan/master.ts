// Masters: what an original that is slow to decode is brought to once, so that every render that starts from it takes as long as one of a JPEG.
import * as z from "zod";
import type { Size } from "../../../schema/facts.ts";
import type { Master } from "../../shared/looked.ts";
import { wholeOf } from "../geometry/orientation.ts";
import type { Wanted } from "../geometry/shape.ts";
import { isStoredExactly } from "./auto.ts";
import type { Encoding } from "./encoding.ts";
import { heldFileJob } from "./job.ts";
import { fitInside } from "./layout.ts";
import { fitsWithin, type Limits } from "./plan.ts";
import { type JobSource, priceOfReading, priceOfWriting } from "./price.ts";
import type { OriginalFacts } from "./stored-facts.ts";
import type { ReadableFormat } from "./traits.ts";

export type { Master } from "../../shared/looked.ts";

export const masterSchema: z.ZodType<Master> = z.object({
  engine: z.int(),
  format: z.enum(["jpg", "png"]),
  width: z.int().positive(),
  height: z.int().positive(),
  bytes: z.int().positive(),
});

/** How a master is made, and what that takes. */
export interface MasterPlan extends ReturnType<typeof heldFileJob> {
  readonly source: MasterSource;
  readonly format: Master["format"];
  readonly size: Size;
  readonly wanted: Wanted;
  readonly encoding: Encoding;
  /** A longer file is not worth its room. */
  readonly mostFileBytes: number;
  /** Milliseconds of processor time. */
  readonly cpuMs: number;
}

/** Formats that may take long to read. */
const slow = ["heic", "avif", "webp", "tiff", "png"] as const satisfies readonly ReadableFormat[];
export type MasterSource = (typeof slow)[number];

/** Predicted milliseconds of reading from which a master is worth its place in the bucket … */
const LEAST_READING_MS = 150;
/** … where it is read in so small a share of that time. */
const MOST_SHARE = 1 / 2;
/** An answer as most are. */
const TYPICAL = { width: 800, height: 800 };

/** A phone's picture stays as large as it is. What is clear is packed without loss, which takes long and many bytes. */
const MOST_PIXELS = { jpg: 12_500_000, png: 4_000_000 } as const;
/** Of a photograph, as measured (0.3 to 0.55 and 2), with room. */
const BYTES_PER_PIXEL = { jpg: 0.6, png: 2.5 } as const;
const MOST_FILE_BYTES = 12 << 20;

const encodings = {
  // No colour is worth less than another: it may be what a later render is about.
  jpg: { kind: "jpeg", quality: 95, chroma: "4:4:4" },
  png: { kind: "png" },
} as const satisfies Record<Master["format"], Encoding>;

/**
 * The master that an original deserves; null where it is as well read itself, or there is no room. `isDrawing`: its flat areas are worth keeping
 * as they are.
 */
export function masterFor(source: JobSource, isDrawing: boolean, limits: Limits): MasterPlan | null {
  const { facts } = source;
  const from = slow.find((format) => format === source.format);
  if (!from || facts.animated || facts.damaged || facts.crop) return null;
  const format = facts.alpha || isDrawing ? "png" : "jpg";
  const stored = { width: facts.width, height: facts.height };
  const size = sizeWithin(stored, MOST_PIXELS[format]);
  const fileBytes = Math.ceil(BYTES_PER_PIXEL[format] * size.width * size.height);
  const master = { format, ...size, bytes: fileBytes } as const;
  const readingMs = readingOf(source);
  const masterMs = readingOf({ format, facts: factsOfMaster(master, facts), bytes: fileBytes });
  if (readingMs < LEAST_READING_MS || masterMs > MOST_SHARE * readingMs) return null;

  const wanted = { stored, turn: 1, window: { x: 0, y: 0, ...stored }, content: size } as const;
  const encoding = encodings[format];
  const cpuMs =
    priceOfReading(source, wanted) +
    priceOfWriting(format, size, format === "jpg" ? encodings.jpg.quality : null, facts.alpha) +
    masterMs;
  const least = heldFileJob(source, wanted, encoding, fileBytes);
  const spare = limits.memoryBytes - least.memoryBytes;
  const mostFileBytes = Math.min(MOST_FILE_BYTES, fileBytes + Math.max(0, spare));
  const job = heldFileJob(source, wanted, encoding, mostFileBytes);
  if (fileBytes > mostFileBytes || !fitsWithin(limits, { ...job, cpuMs })) return null;
  return { ...job, source: from, format, size, wanted, encoding, mostFileBytes, cpuMs: Math.ceil(cpuMs) };
}

/** Whether only its pixels tell if an original is a drawing: of what has lost nothing yet. */
export const mayBeDrawing = ({ facts }: JobSource): boolean => !facts.alpha && isStoredExactly(facts);

/** What the plan reads of a master: the picture as it was stored, whose header says nothing that it need not. */
export function factsOfMaster(
  { format, width, height }: Pick<Master, "format" | "width" | "height">,
  { orientation, alpha }: OriginalFacts,
): OriginalFacts {
  return {
    ...{ format, width, height, orientation, alpha: alpha && format === "png" },
    animated: false,
    frames: 1,
    progressive: false,
    samplesPerPixel: format === "png" && alpha ? 4 : 3,
    bitDepth: 8,
    hasIcc: false,
  };
}

/** Milliseconds until an answer of a common size can be written. */
function readingOf(source: JobSource): number {
  const { facts } = source;
  const window = wholeOf(facts, facts.orientation);
  const content = fitInside(window, TYPICAL, false);
  return priceOfReading(source, { turn: facts.orientation, window, content });
}

function sizeWithin({ width, height }: Size, mostPixels: number): Size {
  const share = Math.min(1, Math.sqrt(mostPixels / (width * height)));
  const side = (pixels: number) => Math.max(1, Math.round(pixels * share));
  return { width: side(width), height: side(height) };
}
