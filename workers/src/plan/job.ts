// How a variant is made, the memory that it takes at its peak and its price; and the small render that some must have first.
import type { Size } from "../../../schema/facts.ts";
import type { Box } from "../geometry/pixels.ts";
import type { Wanted } from "../geometry/shape.ts";
import { shapeOf, softShape } from "../geometry/shape.ts";
import { capOf, type MemoryCaps } from "./caps.ts";
import { type Encoding, jpegEncoding } from "./encoding.ts";
import { firstSize, isOneGo } from "./first-size.ts";
import { hasClearCorners } from "./frame.ts";
import { mostHeldBytes, type OutputFacts, planMemory } from "./kernel-memory.ts";
import { fitInside } from "./layout.ts";
import { looksBytes } from "./looks.ts";
import { type JobSource, priceOf, priceOfReading } from "./price.ts";
import { retouchBytes } from "./retouch.ts";
import { SHARPEN_SIGMA, softSize } from "./soft-size.ts";
import type { OriginalFacts } from "./stored-facts.ts";
import { readers, writers } from "./traits.ts";
import type { Variant } from "./variant.ts";

export interface Look {
  /** How far a border's colours may lie apart; null = borders stay. */
  readonly trim: number | null;
  readonly isFocusWanted: boolean;
  /** Its tones; absent = no. */
  readonly isToneWanted?: boolean;
  /** The size at which the whole turned picture is looked at. */
  readonly content: Size;
  readonly memoryBytes: number;
  /** What it may come to where its caps are reached: what the isolate must have room for. */
  readonly mostBytes: number;
  /** Milliseconds of processor time. */
  readonly cpuMs: number;
  readonly caps: MemoryCaps;
}

/** Borders are found to the pixel up to here; a larger picture is looked at smaller, and may keep a few pixels of them. */
const TRIM_LOOK_SIDE = 2048;
/** The eye is drawn by shapes, not by detail. */
export const SALIENCY_SIDE = 128;

export function lookFor(
  source: JobSource,
  turn: Variant["turn"],
  whole: Box,
  trim: number | null,
  isFocusWanted: boolean,
  /** Of the side that is looked at where memory allows. */
  share = 1,
): Look {
  const side = Math.max(1, Math.floor(share * (trim === null ? SALIENCY_SIDE : TRIM_LOOK_SIDE)));
  const content = fitInside(whole, { width: side, height: side }, false);
  const layout = { turn, window: whole, content };
  const decoded = decodeBytes(source, layout, { kind: "pixels" });
  const cpuMs = priceOfReading(source, layout);
  return { trim, isFocusWanted, content, cpuMs, ...heldTo(decoded.sum, decoded) };
}

/** How a variant is made, and what that takes. */
export function jobFor(variant: Variant, source: JobSource) {
  const reader = readers[source.format];
  const writer = writers[variant.format];
  const { canvas } = variant;
  const isLossless = variant.quality === null;
  // What is chosen by its pixels stands whole.
  const isOnlySized =
    variant.drawn === null && isOneGo(variant.window, variant.content) && !hasEffects(variant);
  const inRows =
    writer.takesRows &&
    isOnlySized &&
    (reader.rows === null ? isEnlarged(variant, source.facts) : variant.behind === null);
  const cpuMs = priceOf(variant, source, inRows);
  if (inRows) {
    const streamed =
      reader.rows === null
        ? enlargeBytes(source, variant)
        : decodeBytes(source, variant, encodingOf(variant));
    return { variant, inRows, cpuMs, ...heldTo(streamed.sum, streamed) };
  }
  const decoded = decodeBytes(source, variant, { kind: "pixels" }, variant.isAnimated);
  const kernelBytes = writer.takesRows ? encodeBytes(canvas, variant) : 0;
  const stepsBytes = stepBytes(variant, source.facts.alpha);
  const writerBytes = writer.codecBytes(canvas, isLossless, mayBeClear(variant, source.facts));
  // The kernel's memory is used again; a codec's stays until the collector has run, so both codecs count.
  const file = fileBytes(variant, source.facts);
  // What is shown, and the box of it that has changed.
  const motionBytes = variant.isAnimated ? 2 * RGBA_BYTES * area(canvas) : 0;
  const memoryBytes =
    decoded.sum + Math.max(0, kernelBytes - decoded.kernel) + stepsBytes + writerBytes + file + motionBytes;
  return { variant, inRows, cpuMs, ...heldTo(memoryBytes, decoded, writerBytes, file) };
}

/** What it takes to bring an original to a file that is held until it is whole; `heldBytes` is the longest that it may be. */
export function heldFileJob(
  source: JobSource,
  wish: Omit<Wanted, "stored">,
  encoding: Encoding,
  heldBytes: number,
) {
  const streamed = decodeBytes(source, wish, encoding);
  return heldTo(streamed.sum + heldBytes, streamed);
}

/** A job's memory as predicted, its caps, and what it comes to where they are reached. */
function heldTo(memoryBytes: number, decoded: { codec: number; kernel: number }, writer = 0, file = 0) {
  const reader = decoded.codec === 0 ? 0 : capOf(decoded.codec);
  const kernel = capOf(decoded.kernel);
  // What an encoder takes hangs on nothing but the size that it is given, so that its plan is kept to the byte.
  const caps: MemoryCaps = { reader, kernel, writer, file };
  const mostBytes = memoryBytes + (reader - decoded.codec) + (kernel - decoded.kernel);
  return { memoryBytes, mostBytes, caps };
}

const MiB = 1024 * 1024;
/** Photographs in motion; a file that grows longer is made once more, smaller. */
const MOVING_BYTES_PER_PIXEL = 0.35;
const LEAST_MOVING_BYTES = 1 * MiB;
const MOST_MOVING_BYTES = 16 * MiB;

/** What of the file stands in the JavaScript heap: all of it where a codec hands it over, or it moves. The kernel's is in its own plan. */
function fileBytes(
  { format, canvas, quality, isAnimated, frame }: Variant,
  { alpha, frames }: OriginalFacts,
): number {
  const writer = writers[format];
  if (isAnimated && !writer.streamsFrames) {
    const pixels = area(canvas) * (frames ?? 1);
    return Math.min(Math.max(MOVING_BYTES_PER_PIXEL * pixels, LEAST_MOVING_BYTES), MOST_MOVING_BYTES);
  }
  const bytes = writer.fileBytesPerPixel(quality === null, alpha || hasClearCorners(frame)) * area(canvas);
  // A short one is copied into its answer.
  return bytes + Math.min(bytes, mostHeldBytes);
}

/** Whether the picture has anything clear in it when it is written. */
function mayBeClear({ behind, fill, format, frame }: Variant, { alpha }: OriginalFacts): boolean {
  const isCut = hasClearCorners(frame) && fill === null;
  return (
    writers[format].writesAlpha &&
    ((alpha && !behind?.endsWith("ff")) || isCut || (fill?.endsWith("00") ?? false))
  );
}

/** What must be done to the picture when it has its size; colour can be laid behind it before. */
function hasEffects({ effects, retouch, looks, frame, fill }: Variant): boolean {
  return (
    fill !== null ||
    retouch !== undefined ||
    looks !== undefined ||
    frame !== undefined ||
    Object.values(effects).some((effect) => effect !== null)
  );
}

/** A picture that is smaller than its answer, and stands as that does. */
const isEnlarged = ({ turn, isAnimated, canvas }: Variant, stored: Size) =>
  turn === 1 && !isAnimated && area(stored) < area(canvas);

function encodingOf(variant: Variant): OutputFacts {
  return variant.format === "jpg" ? jpegEncoding(variant) : { kind: "png" };
}

/** The decoder's part: all of it, and the kernel's share of that. */
function decodeBytes(
  { format, facts, bytes }: JobSource,
  wish: Omit<Wanted, "stored">,
  output: OutputFacts,
  moves = false,
) {
  const { rows, codecBytes } = readers[format];
  const kernelSource = rows
    ? rows(facts)
    : ({ kind: "pixels", alpha: facts.alpha, profile: facts.hasIcc } as const);
  const { turn, window } = wish;
  const content = firstSize(window, wish.content);
  const stored = { width: facts.width, height: facts.height };
  const plan = planMemory(kernelSource, shapeOf({ stored, turn, window, content }), output, rows ? bytes : 0);
  const codec = codecBytes(facts, bytes, moves);
  return { codec, kernel: plan.wasmBytes, sum: codec + plan.peakBytes };
}

/** A frame that is smaller than its answer stands whole, and the answer goes from it into the file. */
function enlargeBytes(source: JobSource, variant: Variant) {
  const { width, height, alpha } = source.facts;
  const stored = { width, height };
  const whole = { turn: 1, window: { x: 0, y: 0, ...stored }, content: stored } as const;
  const decoded = decodeBytes(source, whole, { kind: "pixels" });
  const { turn, window, content } = variant;
  const shape = shapeOf({ stored, turn, window, content });
  const written = planMemory({ kind: "pixels", alpha }, shape, encodingOf(variant));
  const kernel = Math.max(decoded.kernel, written.wasmBytes);
  const sum = decoded.sum + (kernel - decoded.kernel) + written.jsBytes;
  return { codec: decoded.codec, kernel, sum };
}

/** The kernel's memory when it writes a picture that stands whole. */
function encodeBytes(canvas: Size, variant: Variant): number {
  const shape = { stored: canvas, window: { x: 0, y: 0, ...canvas }, size: canvas, turn: 1 } as const;
  return planMemory(
    { kind: "pixels", alpha: writers[variant.format].writesAlpha },
    shape,
    encodingOf(variant),
  ).peakBytes;
}

const RGBA_BYTES = 4;

/** What the hungriest step holds besides the picture itself. */
function stepBytes({ effects, retouch, looks, fill, content, canvas }: Variant, alpha: boolean): number {
  /** Laid over the picture itself; only what is made smaller stands beside it. */
  const soften = (sigma: number, size: Size) => {
    const { peakBytes } = planMemory({ kind: "pixels", alpha }, softShape(content, sigma, size), {
      kind: "pixels",
    });
    return area(size) === area(content) ? peakBytes - RGBA_BYTES * area(content) : peakBytes;
  };
  const { blurSigma, sharpen } = effects;
  return Math.max(
    fill === null ? 0 : RGBA_BYTES * area(canvas),
    retouch === undefined ? 0 : retouchBytes(retouch, content),
    looks === undefined ? 0 : looksBytes(looks, content),
    blurSigma === null ? 0 : soften(blurSigma, softSize(content, blurSigma)),
    sharpen === null ? 0 : soften(SHARPEN_SIGMA, content),
  );
}

const area = ({ width, height }: Size) => width * height;
