// A TIFF's header and directories: tags, and where the numbers behind them stand (TIFF 6.0, section 2). EXIF blocks are made of the same.
// BigTIFF is the same with eight bytes for every place and count.
import { ascii } from "../bytes/ascii.ts";
import { Damage } from "../damage.ts";

export const tags = {
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  stripOffsets: 273,
  orientation: 274,
  samples: 277,
  rowsPerStrip: 278,
  stripBytes: 279,
  planar: 284,
  faxOptions: 292,
  artist: 315,
  predictor: 317,
  colourMap: 320,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileBytes: 325,
  inkSet: 332,
  extraSamples: 338,
  sampleFormat: 339,
  jpegTables: 347,
  subsampling: 530,
  reference: 532,
  copyright: 33_432,
  icc: 34_675,
} as const;

export const types = { ascii: 2, short: 3, long: 4, long8: 16 } as const;
/** Bytes of one value, by type code. */
const valueBytes: readonly number[] = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];

export const headerBytes = 8;
export const entryBytes = 12;
/** The standard knows about a hundred; whole-slide scanners add some. */
export const maxTags = 4_096;

/** How many bytes the parts of a structure take. */
export interface Sizes {
  readonly header: number;
  /** What says how many entries there are. */
  readonly count: number;
  readonly entry: number;
  /** A place in the file, and the room for values in an entry. */
  readonly place: number;
}

export const classicSizes: Sizes = { header: headerBytes, count: 2, entry: entryBytes, place: 4 };
export const bigSizes: Sizes = { header: 16, count: 8, entry: 20, place: 8 };

export const isTiff = (file: Uint8Array): boolean =>
  ["II*\0", "MM\0*", "II+\0", "MM\0+"].includes(ascii(file, 0, 4));

export interface TiffHeader {
  readonly little: boolean;
  /** Where the first directory stands. */
  readonly first: number;
  readonly sizes: Sizes;
}

/** Which byte order the numbers have, and where the first directory stands. BigTIFF tells it in the first 16 bytes. */
export function headerOf(view: DataView): TiffHeader {
  const little = view.getUint16(0) === 0x4949;
  if (view.getUint16(2, little) !== 43)
    return { little, first: view.getUint32(4, little), sizes: classicSizes };
  if (view.byteLength < bigSizes.header || view.getUint16(4, little) !== 8)
    throw new Damage("its header is cut off");
  return { little, first: longAt(view, 8, little), sizes: bigSizes };
}

/** The same of bytes that may be anything, an EXIF block for example; null for what is no classic TIFF. */
export function headerIn(view: DataView): TiffHeader | null {
  if (view.byteLength < headerBytes) return null;
  const little = view.getUint16(0) === 0x4949;
  return view.getUint16(2, little) === 42 ? headerOf(view) : null;
}

/** Eight bytes; a file has no place that a number can't tell exactly. */
export const longAt = (view: DataView, at: number, little: boolean): number =>
  Number(view.getBigUint64(at, little));

/** A place or a count, as wide as the structure has them. */
export const placeAt = (view: DataView, at: number, little: boolean, { place }: Sizes): number =>
  place === 8 ? longAt(view, at, little) : view.getUint32(at, little);

/** How many entries a directory says it has. */
export const entriesAt = (view: DataView, at: number, little: boolean, { count }: Sizes): number =>
  count === 8 ? longAt(view, at, little) : view.getUint16(at, little);

/** Of a whole table: how many entries, the entries, and the way to the next. */
export const directoryBytes = (entries: number, { count, entry, place }: Sizes = classicSizes) =>
  count + entries * entry + place;

export interface Entry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** Bytes of one value; undefined for a type that is not known. */
  readonly unit: number | undefined;
  /** Where the values stand, if they take more room than the entry has. */
  readonly pointer: number;
  /** Where they stand in the table, if they don't. */
  readonly inline: number;
}

/** In the order of the table, which begins with the first of them; one that is cut off is left out. */
export function* entriesIn(
  table: DataView,
  little: boolean,
  sizes: Sizes = classicSizes,
): Generator<Entry, void> {
  const inline = sizes.entry - sizes.place;
  for (let at = 0; at + sizes.entry <= table.byteLength; at += sizes.entry) {
    const type = table.getUint16(at + 2, little);
    yield {
      tag: table.getUint16(at, little),
      type,
      count: placeAt(table, at + 4, little, sizes),
      unit: valueBytes[type],
      pointer: placeAt(table, at + inline, little, sizes),
      inline: at + inline,
    };
  }
}

/** The entries of the directory at `offset` of a classic file, as far as they are there. */
export function tableAt(file: DataView, offset: number, little: boolean): DataView {
  const start = Math.min(offset + 2, file.byteLength);
  const length = offset + 2 <= file.byteLength ? file.getUint16(offset, little) * entryBytes : 0;
  return new DataView(file.buffer, file.byteOffset + start, Math.min(length, file.byteLength - start));
}

export interface Value {
  readonly type: number;
  readonly count: number;
  /** The first value itself where all fit into the entry, otherwise where they stand. */
  readonly value: number;
  readonly isInEntry: boolean;
  /** Where in the table they stand then. */
  readonly inline: number;
}

/** Of two entries for one tag the last counts, as for the decoder. */
export type Directory = ReadonlyMap<number, Value>;

export function readEntries(table: DataView, little: boolean, sizes: Sizes = classicSizes): Directory {
  const entries = new Map<number, Value>();
  for (const { tag, type, count, pointer, inline, unit = 1 } of entriesIn(table, little, sizes)) {
    const isInEntry = count * unit <= sizes.place;
    const value = isInEntry && isNumber(type) ? numberAt(table, inline, type, little) : pointer;
    entries.set(tag, { type, count, value, isInEntry, inline });
  }
  return entries;
}

/** One number of a size. Decoders read other types, too, from where we would not look. */
export function sizeIn(entries: Directory, tag: number, otherwise: number): number {
  const entry = entries.get(tag);
  if (!entry) return otherwise;
  if (!isNumber(entry.type) || entry.count !== 1 || !entry.isInEntry)
    throw new Damage("a size in it is no plain number");
  return entry.value;
}

export const isNumber = (type: number) => type === types.short || type === types.long || type === types.long8;

function numberAt(view: DataView, at: number, type: number, little: boolean): number {
  if (type === types.short) return view.getUint16(at, little);
  return type === types.long ? view.getUint32(at, little) : longAt(view, at, little);
}

/** Numbers one behind the other: of two bytes, four, or eight. */
export function numbersAt(
  view: DataView,
  at: number,
  type: number,
  count: number,
  little: boolean,
): number[] {
  const unit = numberBytes(type);
  return Array.from({ length: count }, (_, index) => numberAt(view, at + index * unit, type, little));
}

export const numberBytes = (type: number): number =>
  type === types.short ? 2 : type === types.long8 ? 8 : 4;
