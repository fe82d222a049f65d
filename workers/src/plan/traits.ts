// What each codec can do and what it holds, as plain facts: the plan reads them without loading a codec.
import type { OutputFormat, Size, SourceFormat } from "../../../schema/facts.ts";
import type { SourceFacts } from "./kernel-memory.ts";
import type { OriginalFacts } from "./stored-facts.ts";
import { tiffBytes } from "./tiff-memory.ts";

export interface ReaderTraits {
  /** How the kernel reads it row by row; null = the codec hands over a whole frame, and the kernel takes that. */
  readonly rows: ((facts: OriginalFacts) => SourceFacts) | null;
  readonly readsAnimation: boolean;
  /** What the codec holds besides the kernel: its memory, the file, the frame that it hands over. `moves`: all frames are wanted. */
  codecBytes(facts: OriginalFacts, fileBytes: number, moves?: boolean): number;
}

export interface WriterTraits {
  /** Does the kernel write it, row by row? */
  readonly takesRows: boolean;
  readonly writesAlpha: boolean;
  readonly writesAnimation: boolean;
  /** The format's own limit. */
  readonly maxSide: number;
  /** Above this many pixels another format is answered: the CPU budget would not hold. */
  readonly maxPixels: number;
  /** What the codec holds besides the kernel and the picture that it is given. */
  codecBytes(canvas: Size, isLossless: boolean, hasAlpha: boolean): number;
  /** Of a moving picture: can each frame go out as it is made? */
  readonly streamsFrames: boolean;
  /** The longest file, noise, where it is handed over whole; 0 = it comes in pieces. */
  fileBytesPerPixel(isLossless: boolean, hasAlpha: boolean): number;
}

const MiB = 1024 * 1024;
const pixels = ({ width, height }: Size) => width * height;
/** What a decoder makes, where that is more than the picture. */
const madePixels = (facts: OriginalFacts) => Math.max(pixels(facts), facts.coded?.pixels ?? 0);

/** A codec that holds whole frames, as measured from 0.1 to 8 megapixels; the file is held twice, outside and inside. */
function wholeFrame(baseBytes: number, bytesPerPixel: number) {
  return {
    rows: null,
    readsAnimation: false,
    codecBytes: (facts: OriginalFacts, fileBytes: number) =>
      baseBytes + bytesPerPixel * pixels(facts) + 2 * fileBytes,
  } as const;
}

/** Photon decodes into a frame, and copies it twice on the way out. */
const photonFrame = wholeFrame(3 * MiB, 17);

/** What stands in for the end of a WebP that was cut off: more than nothing can be coded in. */
export const cutPaddingBytes = (size: Size): number => Math.ceil(pixels(size) / 4) + 4_096;

/**
 * The frame, which is read where libwebp wrote it; what is lossless, alpha by itself too, needs a second one to decode into. The memory grows
 * by a fifth more than it must, once the file has been copied into it twice.
 */
function libwebpBytes(
  { animated, alpha, samplesPerPixel, width, height, damaged, pictureEnd }: OriginalFacts,
  length: number,
): number {
  const fileBytes = length + (damaged && !animated ? cutPaddingBytes({ width, height }) : 0);
  // What its header tells wrong is written anew before it is read, and leaves the pieces that it was made of behind.
  const newBytes = damaged ? 3 * fileBytes : pictureEnd !== undefined ? 2 * fileBytes : 0;
  const isLossless = alpha || samplesPerPixel >= 3;
  const wasmBytes = 1.2 * ((isLossless ? 8 : 4) * width * height + 2 * fileBytes + 0.5 * MiB);
  const copyBytes = animated ? 8 * width * height : 0;
  return wasmBytes + copyBytes + fileBytes + newBytes;
}

/**
 * The planes three times over and the frame, as measured; alpha is a picture of its own, and deeper samples take two bytes. What has more than
 * four bits a pixel is noise or next to it, and takes more the longer its file is.
 */
function libavifBytes(facts: OriginalFacts, fileBytes: number): number {
  const { alpha, bitDepth } = facts;
  const pictures = alpha ? 2 : 1;
  const bitsPerPixel = (8 * fileBytes) / madePixels(facts);
  const forNoise = Math.min(3.6 * Math.max(0, bitsPerPixel - 4), 32 * pictures);
  const bytesPerPixel = 22 + (alpha ? 15 : 0) + ((bitDepth ?? 8) > 8 ? 10 : 0) + forNoise;
  // The file, the one that is made of it for the decoder, and the decoder's own.
  return (4 + 5 * pictures) * MiB + bytesPerPixel * madePixels(facts) + 3 * fileBytes;
}

/** A phone's. */
const tile = { width: 512, height: 512 } as const;

/** A HEIC of one piece that is larger than this is never RGBA as a whole. */
export const onePiecePixels = 1_000_000;
/** The decoder's planes, what it notes of blocks, and libheif's copy; 4.3 to 4.7 as measured, and memory grows by a fifth more than it must. */
const ONE_PIECE_BYTES = 5.2;

/** A row of tiles, whatever the picture's height, and beyond a phone's tile what libheif makes of a larger one. */
function libheifBytes(
  { width, coded, alpha, bitDepth, samplesPerPixel }: OriginalFacts,
  fileBytes: number,
): number {
  // Its coded size is the larger one by some padding; where the two are about the limit the dearer way is planned for.
  if (coded && !alpha && coded.pixels === pixels(coded) && coded.pixels > 1.2 * onePiecePixels) {
    const perPixel = ONE_PIECE_BYTES * (samplesPerPixel / 1.5) * ((bitDepth ?? 8) > 8 ? 2 : 1);
    return 6 * MiB + perPixel * coded.pixels + 4 * 32 * width + 2 * fileBytes;
  }
  const { height: tileHeight } = coded ?? tile;
  const more = Math.max(0, pixels(coded ?? tile) - pixels(tile));
  return 6 * MiB + 8 * width * tileHeight + 12 * more + 2 * fileBytes;
}

/** Rows on their way. The file is streamed, and leaves as much garbage behind as a JPEG or PNG does. */
const bmpBytes = ({ width }: OriginalFacts, fileBytes: number): number =>
  2 * MiB + 12 * width + Math.min(0.1 * fileBytes, 8 * MiB);

/** Every format that may be stored, as it is rendered from; null = it is only ever served as it is. */
export const readers = {
  jpg: {
    rows: ({ progressive, samplesPerPixel }) => ({ kind: "jpeg", progressive, samplesPerPixel }),
    readsAnimation: false,
    codecBytes: () => 0,
  },
  png: {
    rows: ({ progressive, alpha, samplesPerPixel, bitDepth, hasIcc }) => ({
      kind: "png",
      interlaced: progressive,
      alpha,
      profile: hasIcc,
      bytesPerPixel: Math.ceil((samplesPerPixel * (bitDepth ?? 8)) / 8),
    }),
    readsAnimation: false,
    codecBytes: () => 0,
  },
  // A frame of indices, from which rows are made; where it moves a canvas too, what the frames before have left behind, and a copy to
  // bring back.
  gif: {
    rows: null,
    readsAnimation: true,
    codecBytes: (facts, fileBytes, moves = false) => 1 * MiB + (moves ? 10 : 1) * pixels(facts) + fileBytes,
  },
  webp: { rows: null, readsAnimation: true, codecBytes: libwebpBytes },
  avif: { rows: null, readsAnimation: false, codecBytes: libavifBytes },
  heic: {
    rows: null,
    readsAnimation: false,
    codecBytes: libheifBytes,
  },
  bmp: { rows: null, readsAnimation: false, codecBytes: bmpBytes },
  ico: photonFrame,
  tiff: {
    // Inks are brought to sRGB by a grid, like the colours of a profile.
    rows: ({ alpha, samplesPerPixel, hasIcc }) => ({
      kind: "pixels",
      alpha,
      profile: hasIcc || samplesPerPixel >= 4,
    }),
    readsAnimation: false,
    codecBytes: tiffBytes,
  },
  svg: null,
} as const satisfies Record<SourceFormat, ReaderTraits | null>;

type Readers = typeof readers;
export type ReadableFormat = {
  [Format in SourceFormat]: Readers[Format] extends null ? never : Format;
}[SourceFormat];
/** What the kernel reads row by row. */
export type RowFormat = {
  [Format in ReadableFormat]: Readers[Format]["rows"] extends null ? never : Format;
}[ReadableFormat];

export const isReadable = (format: SourceFormat): format is ReadableFormat => readers[format] !== null;
export const givesRows = (format: ReadableFormat): format is RowFormat => readers[format].rows !== null;

/** Formats that can be rendered to. */
export const writers = {
  jpg: {
    streamsFrames: false,
    fileBytesPerPixel: () => 0,
    takesRows: true,
    writesAlpha: false,
    writesAnimation: false,
    maxSide: 65_500,
    maxPixels: 50_000_000,
    codecBytes: () => 0,
  },
  png: {
    streamsFrames: false,
    fileBytesPerPixel: () => 0,
    takesRows: true,
    writesAlpha: true,
    writesAnimation: false,
    maxSide: 65_500,
    maxPixels: 50_000_000,
    codecBytes: () => 0,
  },
  webp: {
    streamsFrames: false,
    fileBytesPerPixel: (isLossless, hasAlpha) => (isLossless ? 4 : hasAlpha ? 2.2 : 1.2),
    takesRows: false,
    writesAlpha: true,
    writesAnimation: true,
    maxSide: 16_383,
    maxPixels: 50_000_000,
    // What is clear is packed without loss, beside colours that are not. A photograph's memory: for noise, which takes up
    // to three times as much, the encoder is told to be thrifty.
    codecBytes: (canvas, isLossless, hasAlpha) =>
      2.5 * MiB + (isLossless ? 58 : hasAlpha ? 36 : 15) * pixels(canvas),
  },
  avif: {
    streamsFrames: false,
    fileBytesPerPixel: (_isLossless, hasAlpha) => (hasAlpha ? 2.9 : 1.6),
    takesRows: false,
    writesAlpha: true,
    writesAnimation: false,
    maxSide: 12_000,
    maxPixels: 2_100_000,
    codecBytes: (canvas) => 10 * MiB + 35 * pixels(canvas),
  },
  gif: {
    streamsFrames: true,
    fileBytesPerPixel: () => 3,
    takesRows: false,
    writesAlpha: true,
    writesAnimation: true,
    maxSide: 65_535,
    maxPixels: 50_000_000,
    codecBytes: (canvas) => 3 * MiB + 12 * pixels(canvas),
  },
} as const satisfies Record<OutputFormat, WriterTraits>;

/** What the kernel writes row by row. */
export type RowOutput = {
  [Format in OutputFormat]: (typeof writers)[Format]["takesRows"] extends false ? never : Format;
}[OutputFormat];

export const takesRows = (format: OutputFormat): format is RowOutput => writers[format].takesRows;
