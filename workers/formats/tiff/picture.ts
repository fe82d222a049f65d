// A TIFF's first page as its decoder needs it: how its pixels are cut up, packed and coloured. Found by small reads.
import { maxPieces } from "../bytes/pieces.ts";
import type { ReadRange } from "../bytes/source.ts";
import { Damage } from "../damage.ts";
import { hasAlpha, photometrics, premultiplied } from "./colours.ts";
import { tags } from "./directory.ts";
import { firstPage, type Values } from "./values.ts";

export interface TiffPicture {
  readonly little: boolean;
  readonly width: number;
  readonly height: number;
  readonly samples: number;
  /** Bits a sample, alike in all of them. */
  readonly bits: number;
  readonly sampleFormat: "unsigned" | "signed" | "float";
  readonly compression: number;
  readonly photometric: number;
  /** 1 none, 2 differences of neighbours, 3 the same of floating-point numbers by bytes. */
  readonly predictor: number;
  /** Each sample lies in strips or tiles of its own. */
  readonly isPlanar: boolean;
  /** The least significant bit comes first. */
  readonly isReversed: boolean;
  readonly isTiled: boolean;
  /** Size of a tile, or of a whole strip. */
  readonly piece: { readonly width: number; readonly height: number };
  /** Strips or tiles, plane by plane. */
  readonly places: readonly Place[];
  readonly alpha: "none" | "straight" | "premultiplied";
  /** Red, green and blue of 16 bits, each with as many numbers as there are indices. */
  readonly colourMap: readonly number[];
  readonly jpegTables: Uint8Array | null;
  /** How many pixels across and down share a colour in luma and chroma. */
  readonly subsampling: readonly [number, number];
  /** The numbers of black and white, of each of three samples. */
  readonly reference: readonly number[] | null;
  /** T4Options: bit 0 for two dimensions. */
  readonly faxOptions: number;
  readonly profile: Uint8Array | undefined;
}

/** Where a strip or tile lies; to the end of the file where its length is not told. */
export interface Place {
  readonly offset: number;
  readonly length: number;
}

/** Nobody codes more samples a pixel. */
const maxSamples = 64;

/** Throws `Damage` for what is no picture. Whether its kind can be decoded is not looked at. */
export async function readPicture(readRange: ReadRange): Promise<TiffPicture> {
  const page = await firstPage(readRange);
  const whole = { width: page.size(tags.width, 0), height: page.size(tags.height, 0) };
  if (whole.width * whole.height === 0) throw new Damage("it has no size");
  const samples = Math.max(1, page.size(tags.samples, 1));
  if (samples > maxSamples) throw new Damage("it has too many samples a pixel");
  const photometric = page.first(tags.photometric, samples < 3 ? photometrics.blackIsZero : photometrics.rgb);
  const isPlanar = page.first(tags.planar, 1) === 2 && samples > 1;
  const isTiled = page.has(tags.tileWidth);
  const piece = pieceOf(page, whole, isTiled);
  const count = Math.ceil(whole.width / piece.width) * Math.ceil(whole.height / piece.height);
  const [across = 2, down = 2] = await page.numbers(tags.subsampling, 2);
  return {
    little: page.header.little,
    ...whole,
    samples,
    bits: alike(await page.numbers(tags.bits, maxSamples)),
    sampleFormat: formatOf(alike(await page.numbers(tags.sampleFormat, maxSamples))),
    compression: page.first(tags.compression, 1),
    photometric,
    predictor: page.first(tags.predictor, 1),
    isPlanar,
    isReversed: page.first(tags.fillOrder, 1) === 2,
    isTiled,
    piece,
    places: await placesOf(page, count * (isPlanar ? samples : 1)),
    alpha: alphaOf(page, samples, photometric),
    colourMap: await page.numbers(tags.colourMap, 3 << 16),
    jpegTables: await page.bytes(tags.jpegTables),
    subsampling: [across, down],
    reference: await page.fractions(tags.reference, 6),
    faxOptions: page.first(tags.faxOptions, 0),
    profile: (await page.bytes(tags.icc)) ?? undefined,
  };
}

function pieceOf(page: Values, whole: TiffPicture["piece"], isTiled: boolean): TiffPicture["piece"] {
  if (!isTiled) {
    const rows = page.size(tags.rowsPerStrip, whole.height);
    return { width: whole.width, height: Math.min(whole.height, rows || whole.height) };
  }
  const tile = { width: page.size(tags.tileWidth, 0), height: page.size(tags.tileHeight, 0) };
  if (tile.width * tile.height === 0) throw new Damage("its tiles have no size");
  return tile;
}

function alphaOf(page: Values, samples: number, photometric: number): TiffPicture["alpha"] {
  const extra = page.entries.get(tags.extraSamples);
  if (!hasAlpha(samples, photometric, extra)) return "none";
  return extra?.value === premultiplied ? "premultiplied" : "straight";
}

function formatOf(value: number): TiffPicture["sampleFormat"] {
  if (value === 5 || value === 6)
    throw new Damage("its samples are complex numbers", { code: "unsupported" });
  return value === 2 ? "signed" : value === 3 ? "float" : "unsigned";
}

/** What all of them are; 1 where nothing is said. */
function alike(values: readonly number[]): number {
  const [first = 1] = values;
  if (values.some((value) => value !== first))
    throw new Damage("its samples are of different kinds", { code: "unsupported" });
  return first;
}

async function placesOf(page: Values, count: number): Promise<readonly Place[]> {
  if (count > maxPieces) throw new Damage("it is cut into too many pieces");
  // Some writers put tiles under the tags of strips.
  const isTiles = page.has(tags.tileOffsets);
  const offsets = await page.numbers(isTiles ? tags.tileOffsets : tags.stripOffsets, maxPieces);
  const lengths = await page.numbers(isTiles ? tags.tileBytes : tags.stripBytes, maxPieces);
  if (offsets.length < count) throw new Damage("parts of it are missing");
  return offsets
    .slice(0, count)
    .map((offset, index) => ({ offset, length: lengths[index] || Number.POSITIVE_INFINITY }));
}
