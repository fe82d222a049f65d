// `format=auto`: a photograph goes as AVIF or WebP, a drawing as what is smaller of its kind; which of both it is only its pixels tell.
import type { OutputFormat } from "../../../schema/facts.ts";
import { wantedBy } from "./accept.ts";
import { writableFormats } from "./format.ts";
import { jobFor } from "./job.ts";
import { type JobSource, priceOfReading } from "./price.ts";
import type { OriginalFacts } from "./stored-facts.ts";
import type { Drawn, Variant } from "./variant.ts";

/**
 * What drawings may be written as in place of `format`, best first; null = nothing else. Without loss only what has lost nothing yet: a
 * JPEG's lines have a haze around them that no lossless format can pack.
 */
export function waysToDraw(
  format: OutputFormat,
  accept: string,
  facts: OriginalFacts,
  canvas: Variant["canvas"],
): readonly (Drawn | null)[] {
  const isWebpTaken = wantedBy(accept, "webp") > 0 && writableFormats("webp", true, canvas)[0] === "webp";
  const isExact = format !== "png" && format !== "gif" && isStoredExactly(facts);
  const exactly = isExact ? [...(isWebpTaken ? (["webp"] as const) : []), "png" as const, null] : [null];
  const lossy = isWebpTaken && format !== "webp" ? (["webp", format] as const) : [format];
  const ways = lossy.flatMap((lossy) => exactly.map((lossless) => ({ lossless, lossy })));
  return ways.map((way) => (way.lossless === null && way.lossy === format ? null : way));
}

/** Whether nothing of the original has been lost to its format. */
export function isStoredExactly({ format, samplesPerPixel }: OriginalFacts): boolean {
  if (format === "webp") return samplesPerPixel >= 3;
  return format === "png" || format === "gif" || format === "bmp" || format === "ico" || format === "tiff";
}

type Job = ReturnType<typeof jobFor>;

/** A lossless file that is longer is not waited for: its picture is hardly a drawing. */
export const MOST_HELD_BYTES_PER_PIXEL = 1;

/**
 * libwebp's memory for a drawing is 22 to 38 bytes a pixel, as measured; what turns out to need more is written with loss. For noise, which
 * is never tried, a plan says 58.
 */
const SPARED_BYTES_PER_PIXEL = 18;

/** The job of the first way to draw that fits, whatever the picture turns out to be; else of the last, which fits as well as may be. */
export function jobOfAny(
  variant: Variant,
  waysToDraw: readonly (Drawn | null)[],
  source: JobSource,
  fits: (job: Job) => boolean,
): Job {
  for (const drawn of waysToDraw) {
    if (!drawn) break;
    const job = jobOfBoth(variant, drawn, source);
    if (fits(job)) return job;
  }
  return jobFor(variant, source);
}

/** The job of a variant whose way to draw is settled. */
export function jobOf(variant: Variant, source: JobSource): Job {
  return variant.drawn ? jobOfBoth(variant, variant.drawn, source) : jobFor(variant, source);
}

function jobOfBoth(undecided: Variant, drawn: Drawn, source: JobSource): Job {
  const variant = { ...undecided, drawn };
  const lossy = jobFor({ ...variant, format: drawn.lossy }, source);
  const withLoss = withMost(jobFor(variant, source), lossy);
  if (drawn.lossless === null) return withLoss;
  const lossless = losslessJob(variant, drawn.lossless, source);
  const most = withMost(withLoss, lossless);
  // A drawing is written both ways, one held while the other is made; it is read once.
  const held = MOST_HELD_BYTES_PER_PIXEL * variant.canvas.width * variant.canvas.height;
  return {
    ...most,
    memoryBytes: most.memoryBytes + held,
    mostBytes: most.mostBytes + held,
    cpuMs: Math.max(most.cpuMs, lossless.cpuMs + lossy.cpuMs - priceOfReading(source, variant)),
  };
}

function losslessJob(variant: Variant, format: OutputFormat, source: JobSource): Job {
  const job = jobFor({ ...variant, format, quality: null }, source);
  if (format !== "webp") return job;
  const spared = SPARED_BYTES_PER_PIXEL * variant.canvas.width * variant.canvas.height;
  return {
    ...job,
    memoryBytes: job.memoryBytes - spared,
    mostBytes: job.mostBytes - spared,
    caps: { ...job.caps, writer: job.caps.writer - spared },
  };
}

/** The first variant, with room for the other one, which is made of the same original. */
function withMost(a: Job, b: Job): Job {
  return {
    ...a,
    memoryBytes: Math.max(a.memoryBytes, b.memoryBytes),
    mostBytes: Math.max(a.mostBytes, b.mostBytes),
    cpuMs: Math.max(a.cpuMs, b.cpuMs),
    caps: {
      reader: a.caps.reader,
      kernel: Math.max(a.caps.kernel, b.caps.kernel),
      writer: Math.max(a.caps.writer, b.caps.writer),
      file: Math.max(a.caps.file, b.caps.file),
    },
  };
}
