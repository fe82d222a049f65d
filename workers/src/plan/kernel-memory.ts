// What a job will take, told from the header alone: the same sums that the kernel does when it allocates.
//
// Measured use is held to it in test/unit/kernel/memory.test.ts: never above, and not far below.

import type { Size } from "../../../schema/facts.ts";
import { chooseReduction, chooseSide, heldBytes, type Reduction } from "../geometry/scale.ts";
import type { Shape } from "../geometry/shape.ts";
import type { Encoding } from "./encoding.ts";

/** Of the source, what its header says. */
export type SourceFacts =
  | {
      readonly kind: "jpeg";
      /** Or sequential in several scans: planes are kept instead of coefficients, which is never more. */
      readonly progressive: boolean;
      /** Samples a pixel, all components together: 1 gray, 1.5 for 4:2:0, 3 for 4:4:4. */
      readonly samplesPerPixel: number;
    }
  | {
      readonly kind: "png";
      readonly interlaced: boolean;
      readonly alpha: boolean;
      readonly bytesPerPixel: number;
      readonly profile?: boolean;
    }
  | { readonly kind: "pixels"; readonly alpha: boolean; readonly profile?: boolean };

export type OutputFacts = Encoding | { readonly kind: "pixels" };

export interface MemoryPlan {
  /** The kernel's memory: what to give a job as its limit. */
  readonly wasmBytes: number;
  /** In the JS heap beside it: the output, and pieces of streams on their way. */
  readonly jsBytes: number;
  readonly peakBytes: number;
}

const KiB = 1024;
const pageBytes = 64 * KiB;
/** Static tables, and the stack that there is none of. */
const kernelBytes = 144 * KiB;
/** Tables of tone, a cube of colours, and a strip of the picture. */
export const RETOUCH_BYTES = kernelBytes + 896 * KiB;
/** Raw bytes in, a marker segment, clean bits. */
const jpegInputBytes = 162 * KiB;
/** Deflated bytes, the inflate's window and room, a batch of rows, and a scratch for chunks. */
const pngInputBytes = 296 * KiB;
const colourBytes = 64 * KiB;
/** Pieces of streams on their way. */
const streamBytes = 704 * KiB;
/** What reading leaves behind before the collector comes, as measured: more of a longer file, but not for ever. */
const garbageShare = 0.1;
const mostGarbageBytes = 5 << 20;
/** The same of writing: tens of megabytes in pieces. */
const mostWrittenGarbageBytes = 3 << 20;

/** `fileBytes` is the length of the source's file, where it is read from one. */
export function planMemory(
  source: SourceFacts,
  shape: Shape,
  output: OutputFacts,
  fileBytes = 0,
): MemoryPlan {
  const turned = shape.turn !== 1 && output.kind !== "pixels";
  // A turned file is made in two jobs, one after the other, with the pixels between them.
  const sink = turned ? { kind: "pixels" as const } : output;
  const isGray = source.kind === "jpeg" && source.samplesPerPixel === 1;
  const first =
    kernelBytes +
    sourceBytes(source, shape, sink) +
    pressBytes(source, fileBytes) +
    sinkBytes(shape.size, sink, isGray);
  const second = turned ? encodeBytes(shape.size, output) : 0;
  const needed = Math.max(first, second);
  const wasmBytes = Math.ceil((needed + needed / 50) / pageBytes) * pageBytes;
  const pixelBytes = shape.size.width * shape.size.height * 4;
  const jsBytes =
    streamBytes +
    profileBytes(source, fileBytes) +
    Math.min(fileBytes * garbageShare, mostGarbageBytes) +
    (turned || output.kind === "pixels" ? pixelBytes : 0) +
    outputBytes(pixelBytes, output);
  return { wasmBytes, jsBytes, peakBytes: wasmBytes + jsBytes };
}

/** What is held of a file before it goes out as a stream. */
export const mostHeldBytes = 2 << 20;

/** A small file stands twice, in pieces and whole; of a long one this much is held, and never joined. */
function outputBytes(pixelBytes: number, output: OutputFacts): number {
  if (output.kind === "pixels") return 0;
  // Noise is the worst that there is: nothing of it can be packed.
  const file = output.kind === "jpeg" ? (pixelBytes / 4) * noiseBytesPerPixel(output.quality) : pixelBytes;
  return Math.min(2 * file, 2 * mostHeldBytes) + Math.min(file / 30, mostWrittenGarbageBytes);
}

/** Fitted to noise at every tenth quality (bench/memory). */
function noiseBytesPerPixel(quality: number): number {
  return quality >= 90 ? 3 : 0.2 + quality / 80;
}

/** Press profiles of CMYK are taken out of the file and put together: some 600 KB, twice. */
function pressBytes(source: SourceFacts, fileBytes: number): number {
  return source.kind === "jpeg" && source.samplesPerPixel > 3 ? 2 * Math.min(fileBytes, 700 * KiB) : 0;
}

/** A PNG's colour profile, deflated and inflated: at most 1 MB of each, and it seldom shrinks by as much as twenty to one. */
function profileBytes(source: SourceFacts, fileBytes: number): number {
  if (source.kind !== "png" || !source.profile) return 0;
  return Math.min(fileBytes, 1 << 20) + Math.min(20 * fileBytes, 1 << 20);
}

function sourceBytes(source: SourceFacts, shape: Shape, sink: OutputFacts): number {
  if (source.kind === "jpeg") return jpegBytes(source, shape, sink);
  const { width } = shape.stored;
  if (source.kind === "pixels")
    return rgbaPlaneBytes(source.alpha, shape) + width * 4 + (source.profile ? colourBytes : 0);
  const reduction = source.interlaced ? chooseReduction(shape) : 1;
  const planes = rgbaPlaneBytes(source.alpha, reducedShape(shape, reduction));
  // What is held, and the row before and a count a cell for what is missing of it.
  const frame = source.interlaced ? heldBytes(shape.stored, reduction) + 6 * Math.ceil(width / reduction) : 0;
  // A batch and the row that is left over, this row and the one above, and both as RGBA.
  return pngInputBytes + colourBytes + planes + frame + width * (3 * source.bytesPerPixel + 4);
}

/** The same picture, whose rows come smaller. */
function reducedShape(shape: Shape, by: Reduction): Shape {
  const { stored, window } = shape;
  return {
    ...shape,
    stored: { width: Math.ceil(stored.width / by), height: Math.ceil(stored.height / by) },
    window: { x: window.x / by, y: window.y / by, width: window.width / by, height: window.height / by },
  };
}

type JpegFacts = Extract<SourceFacts, { kind: "jpeg" }>;

function jpegBytes({ progressive, samplesPerPixel }: JpegFacts, shape: Shape, sink: OutputFacts): number {
  const { stored, window, size } = shape;
  const side = chooseSide(window, size);
  const perPixel = side / 8;
  const components = samplesPerPixel === 1 ? 1 : samplesPerPixel > 3 ? 4 : 3;
  const chromaShare = components === 1 ? 0 : (samplesPerPixel - (components - 2)) / 2;
  const subsampled = components > 1 && chromaShare < 1;
  const mcu = subsampled ? 16 : 8;
  const wide = Math.ceil(stored.width / mcu) * mcu;
  const high = Math.ceil(stored.height / mcu) * mcu;
  const blocks = (wide * high * samplesPerPixel) / 64;
  const kept = progressive ? blocks * (side === 1 ? 2 : side * side * 2 + 16) : 0;
  const mcuRow = wide * perPixel * mcu * perPixel * samplesPerPixel;

  const halved = sink.kind === "jpeg" && sink.chroma === "4:2:0" ? 2 : 1;
  const lag = (6 * Math.max(1, window.height / size.height) + 2) * perPixel;
  const plane = (across: number, down: number, factor: number) =>
    planeBytes({
      window: { width: window.width * perPixel * across, height: window.height * perPixel * down },
      target: { width: Math.ceil(size.width / factor), height: Math.ceil(size.height / factor) },
      waiting: 2 * mcu * perPixel * down + lag * down,
      sampleBytes: 1,
    });
  const chromaSide = Math.sqrt(chromaShare);
  const planes = plane(1, 1, 1) * (components === 4 ? 2 : 1);
  const chroma = components === 1 ? 0 : 2 * plane(chromaSide, chromaSide, halved);
  return jpegInputBytes + colourBytes + kept + mcuRow + planes + chroma;
}

function rgbaPlaneBytes(alpha: boolean, { stored, window, size, soften }: Shape): number {
  const isCopy = window.width === size.width && window.height === size.height && !soften;
  const sampleBytes = alpha ? 2 : 1;
  if (isCopy)
    return planeBytes({
      window: { ...window, width: window.width * 4 },
      target: { ...size, width: size.width * 4 },
      waiting: 1,
      sampleBytes: 1,
    });
  const count = alpha ? 4 : 3;
  return (
    count *
    (stored.width * sampleBytes + planeBytes({ window, target: size, waiting: 1, sampleBytes, soften }))
  );
}

interface Plane {
  readonly window: Size;
  readonly target: Size;
  /** Rows that wait beyond a filter's height. */
  readonly waiting: number;
  readonly sampleBytes: number;
  readonly soften?: Shape["soften"];
}

/** assembly/resample/plane.ts: a ring of rows, a row between the passes, two tables of weights. */
function planeBytes({ window, target, waiting, sampleBytes, soften }: Plane): number {
  const across = tapsOf(window.width, target.width, 8, soften?.x);
  const down = tapsOf(window.height, target.height, 2, soften?.y);
  const ring = (window.width + 32) * sampleBytes * (down + waiting + 3);
  const between = (window.width + across + 48) * 2;
  const tables = (target.width + 3) * (2 * across + 4) + (target.height + 3) * (2 * down + 4);
  return ring + between + tables + 12 * down + 8 * across;
}

/** assembly/resample/axis.ts. */
function tapsOf(inputs: number, outputs: number, grain: number, deviation?: number): number {
  const scale = inputs / outputs;
  const support = deviation ? 3 * deviation : scale > 1 ? 3 * scale : 2;
  return Math.ceil(Math.min(Math.ceil(inputs), Math.ceil(2 * support) + 2) / grain) * grain;
}

/** Coefficients of JPEGs up to about 2 MP are held for Huffman tables of their own. */
export const heldTokenBytes = 2 << 20;
/** A PNG of up to 1 MP is held to find its smallest type. */
export const heldPngBytes = 4 << 20;

function sinkBytes({ width, height }: Size, output: OutputFacts, isGray: boolean): number {
  const rows = 8 * (width + 47);
  if (output.kind === "pixels") return rows + Math.max(width * 4, Math.min(64 * KiB, width * height * 4));
  if (output.kind === "png") {
    const held = width * height * 4 <= heldPngBytes ? width * height * 4 : 0;
    return rows + width * 4 + held + 9 * (width * 4 + 32) + 128 * KiB + width * 4;
  }
  const halving = output.chroma === "4:2:0" && !isGray ? 2 : 1;
  const mcu = 8 * halving;
  const mcus = Math.ceil(width / mcu) * Math.ceil(height / mcu);
  const tokens = Math.min(mcus * 65 * 4 * (isGray ? 1 : halving === 2 ? 6 : 3), heldTokenBytes);
  const strip = (width + mcu + 31) * (mcu + 16 + (halving === 2 ? 4 : 0));
  return rows + width * 4 + strip + 68 * KiB + Math.max(tokens, 64 * KiB);
}

/** The second job of a turned file: pixels straight into an encoder. */
function encodeBytes(size: Size, output: OutputFacts): number {
  const upright = { width: size.height, height: size.width };
  const worst = size.width > size.height ? size : upright;
  const copy = rgbaPlaneBytes(true, {
    stored: worst,
    window: { x: 0, y: 0, ...worst },
    size: worst,
    turn: 1,
  });
  return kernelBytes + copy + worst.width * 8 + sinkBytes(worst, output, false);
}
