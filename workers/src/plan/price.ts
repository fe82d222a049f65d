// What a job costs in processor time, told from the header alone: as kernel-memory tells its bytes, so that work has a price before it is done.
//
// Fitted to some 430 renders in workerd (November 2026, one core of a small cloud machine, processor time of the whole process, median
// of five): each format in at 0.5, 2 and 6 megapixels, each format out at three qualities, with and without alpha, each step, and moving
// pictures of 1x1 to 480x360 blown up to 1200 pixels; photographs and pure noise; then held against 40 of the largest pictures that a short file
// can be. Noise takes an encoder twice as long as a photograph, and which of both a file holds its header doesn't tell: so the price is that
// of noise, and photographs come to about half of it.
// The same machine takes REFERENCE_MS for a 12 megapixel JPEG (5.6 MB) to 853x640: another machine's figures are to these as its time is to that.
import type { OutputFormat, Size } from "../../../schema/facts.ts";
import { chooseSide } from "../geometry/scale.ts";
import { shapeOf } from "../geometry/shape.ts";
import { FRAME_MS_PER_MEGAPIXEL, hasClearCorners } from "./frame.ts";
import { looksPrice } from "./looks.ts";
import { retouchPrice } from "./retouch.ts";
import type { OriginalFacts } from "./stored-facts.ts";
import type { ReadableFormat } from "./traits.ts";
import type { Variant } from "./variant.ts";

/** What the reference job takes on the machine that the prices were measured on. @public for the bench */
export const REFERENCE_MS = 77;

/** What any render takes, however small. */
const BASE_MS = 4;

/** An original as a job meets it. */
export interface JobSource {
  readonly format: ReadableFormat;
  readonly facts: OriginalFacts;
  /** Length of its file. */
  readonly bytes: number;
}

type Layout = Pick<Variant, "turn" | "window" | "content">;

/** Milliseconds that it takes to bring the first frame of an original to the size of `layout`. */
export function priceOfReading({ format, facts, bytes }: JobSource, layout: Layout): number {
  const megapixels = megapixelsOf(facts);
  return (
    BASE_MS +
    readPrices[format]({ facts, megapixels, megabytes: bytes / 1e6, layout }) +
    RESIZE * megapixelsOf(layout.content)
  );
}

/** Milliseconds to write a picture of this size. `quality` is null where nothing is lost. */
export function priceOfWriting(
  format: OutputFormat,
  size: Size,
  quality: number | null,
  hasAlpha: boolean,
): number {
  return writePrices[format](megapixelsOf(size), quality, hasAlpha);
}

/** Milliseconds for the whole of a render. */
export function priceOf(variant: Variant, source: JobSource, inRows: boolean): number {
  const { canvas, format, isAnimated } = variant;
  const alpha = (source.facts.alpha && variant.behind === null) || hasClearCorners(variant.frame);
  const frameMs =
    (inRows ? 0 : stepPrice(variant)) +
    writePrices[format](
      megapixelsOf(canvas),
      variant.quality,
      alpha || (variant.fill?.endsWith("00") ?? false),
    );
  if (!isAnimated) return priceOfReading(source, variant) + frameMs;
  const { facts, bytes } = source;
  const eachMs =
    FRAME_MS +
    readPrices[source.format]({ facts, megapixels: megapixelsOf(facts), megabytes: 0, layout: variant }) +
    RESIZE * megapixelsOf(variant.content) +
    frameMs;
  return (
    BASE_MS +
    frameCount(facts) * eachMs +
    readPrices[source.format]({
      facts,
      megapixels: 0,
      megabytes: bytes / 1e6,
      layout: variant,
    }) +
    UNPACK * Math.max(0, (facts.coded?.pixels ?? 0) / 1e6 - frameCount(facts) * megapixelsOf(facts))
  );
}

/** A row from before frames were counted may hold as many as there may be. */
const MOST_FRAMES = 1_000;

const frameCount = ({ frames }: OriginalFacts) => Math.min(frames ?? MOST_FRAMES, MOST_FRAMES);

/** Besides its pixels: a still file around it, calls, chunks. */
const FRAME_MS = 0.5;

/** Milliseconds for a megapixel of a GIF's frames that lies outside its canvas, and is unpacked to find what lies inside. */
const UNPACK = 6;

/** Milliseconds for a megapixel of the resized picture. */
const RESIZE = 4;

interface Reading {
  readonly facts: OriginalFacts;
  readonly megapixels: number;
  readonly megabytes: number;
  readonly layout: Layout;
}

/** Milliseconds to decode, by megapixels and megabytes of the file: what is coded densely takes longer. */
const readPrices: Readonly<Record<ReadableFormat, (reading: Reading) => number>> = {
  jpg({ facts, megapixels, megabytes, layout }) {
    const { window, size } = shapeOf({ ...layout, stored: facts });
    const side = chooseSide(window, size);
    // One sample a block needs the first scans only.
    if (facts.progressive) return side === 1 ? megapixels + 7 * megabytes : 5 * megapixels + 31 * megabytes;
    const scale = side / 8;
    return 4 * megapixels * scale * scale + megapixels + 7 * megabytes;
  },
  // By bytes unpacked: 3 a pixel of plain RGB. Of less than a byte each pixel is made one, and made wider.
  png: ({ facts, megapixels, megabytes }) =>
    4.2 * megapixels * Math.max(1.25, (facts.samplesPerPixel * (facts.bitDepth ?? 8)) / 8) + 2.5 * megabytes,
  gif: ({ megapixels, megabytes }) => 14 * megapixels + 6 * megabytes,
  // One that was cut off is read twice.
  webp: ({ facts, megapixels, megabytes }) =>
    (facts.damaged && !facts.animated ? 2 : 1) *
    (isLossless(facts) ? 30 * megapixels + 6 * megabytes : 17 * megapixels + 58 * megabytes),
  avif: ({ facts, megapixels, megabytes }) =>
    ((facts.bitDepth ?? 8) > 8 ? 1.5 : 1) * (130 * madeMegapixels(facts, megapixels) + 380 * megabytes),
  heic: ({ facts, megapixels, megabytes }) => 65 * madeMegapixels(facts, megapixels) + 100 * megabytes,
  // Bits are looked up one by one.
  bmp: ({ facts, megapixels, megabytes }) => ((facts.bitDepth ?? 8) < 8 ? 7 : 4) * megapixels + 5 * megabytes,
  ico: ({ megapixels, megabytes }) => 20 * megapixels + 9 * megabytes,
  tiff: ({ facts, megapixels, megabytes }) => {
    const rawMegabytes = (megapixels * facts.samplesPerPixel * (facts.bitDepth ?? 16)) / 8;
    // Painted, and unpacked where the file is shorter than its pixels: what is packed well comes out in longer pieces.
    const isPacked = megabytes < 0.98 * rawMegabytes;
    const unpacking = Math.min(12 * rawMegabytes, 4 * rawMegabytes + 30 * megabytes) + 8 * megabytes;
    const painting = facts.samplesPerPixel >= 4 ? PAINT + INKS : PAINT;
    return painting * megapixels + (isPacked ? unpacking : megabytes) + piecePrice(facts);
  },
};

/** Milliseconds for a megapixel of a TIFF, and what inks take more: they are brought to sRGB before they are made smaller. */
const PAINT = 10;
const INKS = 14;

/** What it takes to begin a tile of a TIFF, and a JPEG in one. */
const TILE_MS = 0.01;
const JPEG_MS = 0.15;

/** Each sample may lie in tiles of its own: the header's facts don't say. */
const piecePrice = ({ width, height, coded, samplesPerPixel, pieces = 0 }: OriginalFacts) => {
  const tiles = coded
    ? Math.ceil(samplesPerPixel) * Math.ceil(width / coded.width) * Math.ceil(height / coded.height)
    : 0;
  return TILE_MS * tiles + JPEG_MS * pieces;
};

/** Tiles may reach beyond the picture, and be shown in it more than once. */
const madeMegapixels = ({ coded }: OriginalFacts, megapixels: number) =>
  Math.max(megapixels, (coded?.pixels ?? 0) / 1e6);

const isLossless = ({ samplesPerPixel }: OriginalFacts) => samplesPerPixel >= 3;

/** Milliseconds to encode. `quality` is null where nothing is lost. */
const writePrices: Readonly<
  Record<OutputFormat, (megapixels: number, quality: number | null, hasAlpha: boolean) => number>
> = {
  jpg: (megapixels, quality) => (quality !== null && quality <= 90 ? 9 : 20) * megapixels,
  png: (megapixels) => 200 * megapixels,
  webp(megapixels, quality, hasAlpha) {
    // Small pictures are searched more thoroughly for what repeats.
    if (quality === null) return 500 * Math.min(megapixels, 0.5) + 400 * Math.max(0, megapixels - 0.5);
    return (145 + 1.25 * quality + (hasAlpha ? 120 : 0)) * megapixels;
  },
  avif: (megapixels, quality, hasAlpha) => (190 + 1.5 * (quality ?? 100) + (hasAlpha ? 80 : 0)) * megapixels,
  // A palette is looked for in each frame.
  gif: (megapixels) => 4 + 170 * megapixels,
};

/** Milliseconds for what is done to whole pixels between decoder and encoder. */
function stepPrice({ effects, retouch, looks, frame, content, canvas, turn, fill, behind }: Variant): number {
  const { brightness, contrast, gamma, saturation, blurSigma, sharpen } = effects;
  const isAdjusted = [brightness, contrast, gamma, saturation].some((effect) => effect !== null);
  const perMegapixel =
    6 +
    (turn === 1 ? 0 : 10) +
    (isAdjusted ? 5 : 0) +
    (blurSigma === null ? 0 : 12) +
    (sharpen === null ? 0 : 25) +
    (frame === undefined ? 0 : FRAME_MS_PER_MEGAPIXEL) +
    (behind === null ? 0 : 4);
  const retouching = retouch === undefined ? 0 : retouchPrice(retouch, megapixelsOf(content));
  const looking = looks === undefined ? 0 : looksPrice(looks, megapixelsOf(content));
  return (
    perMegapixel * megapixelsOf(content) +
    retouching +
    looking +
    (fill === null ? 0 : 28 * megapixelsOf(canvas))
  );
}

const megapixelsOf = ({ width, height }: Size) => (width * height) / 1e6;
