// A TIFF's header and directories: tags, and where the numbers behind them stand (TIFF 6.0, section 2). EXIF blocks are made of the same.
import { ascii } from "../bytes/ascii.ts";
import { Damage } from "../damage.ts";

export const tags = {
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  stripOffsets: 273,
  orientation: 274,
  samples: 277,
  artist: 315,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  extraSamples: 338,
  jpegTables: 347,
  copyright: 33_432,
  icc: 34_675,
} as const;

export const types = { ascii: 2, short: 3, long: 4 } as const;
/** Bytes of one value, by type code. */
const valueBytes: readonly number[] = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];

export const headerBytes = 8;
export const entryBytes = 12;
/** The standard knows about a hundred; whole-slide scanners add some. */
export const maxTags = 4_096;

export const isTiff = (file: Uint8Array): boolean => ["II*\0", "MM\0*"].includes(ascii(file, 0, 4));

/** Which byte order the numbers have, and where the first directory stands. */
export function headerOf(view: DataView): { readonly little: boolean; readonly first: number } {
  const little = view.getUint16(0) === 0x4949;
  return { little, first: view.getUint32(4, little) };
}

/** The same of bytes that may be anything; null for what is no TIFF. */
export function headerIn(view: DataView): ReturnType<typeof headerOf> | null {
  if (view.byteLength < headerBytes) return null;
  const header = headerOf(view);
  return view.getUint16(2, header.little) === 42 ? header : null;
}

/** Of a whole table: how many entries, the entries, and the way to the next. */
export const directoryBytes = (entries: number) => 2 + entries * entryBytes + 4;

export interface Entry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** Bytes of one value; undefined for a type that is not known. */
  readonly unit: number | undefined;
  /** Where the values stand, if they take more than four bytes. */
  readonly pointer: number;
  /** Where they stand in the table, if they don't. */
  readonly inline: number;
}

/** In the order of the table, which begins with the first of them; one that is cut off is left out. */
export function* entriesIn(table: DataView, little: boolean): Generator<Entry, void> {
  for (let at = 0; at + entryBytes <= table.byteLength; at += entryBytes) {
    const type = table.getUint16(at + 2, little);
    yield {
      tag: table.getUint16(at, little),
      type,
      count: table.getUint32(at + 4, little),
      unit: valueBytes[type],
      pointer: table.getUint32(at + 8, little),
      inline: at + 8,
    };
  }
}

/** The entries of the directory at `offset` of a file, as far as they are there. */
export function tableAt(file: DataView, offset: number, little: boolean): DataView {
  const start = Math.min(offset + 2, file.byteLength);
  const length = offset + 2 <= file.byteLength ? file.getUint16(offset, little) * entryBytes : 0;
  return new DataView(file.buffer, file.byteOffset + start, Math.min(length, file.byteLength - start));
}

export interface Value {
  readonly type: number;
  readonly count: number;
  /** The value itself where it fits in four bytes, otherwise where it stands. */
  readonly value: number;
}

/** Of two entries for one tag the last counts, as for the decoder. */
export type Directory = ReadonlyMap<number, Value>;

export function readEntries(table: DataView, little: boolean): Directory {
  const entries = new Map<number, Value>();
  for (const { tag, type, count, pointer, inline } of entriesIn(table, little)) {
    const isShort = type === types.short && count <= 2;
    entries.set(tag, { type, count, value: isShort ? table.getUint16(inline, little) : pointer });
  }
  return entries;
}

/** One number of a size. Decoders read other types, too, from where we would not look. */
export function sizeIn(entries: Directory, tag: number, otherwise: number): number {
  const entry = entries.get(tag);
  if (!entry) return otherwise;
  if (!isNumber(entry.type) || entry.count !== 1) throw new Damage("a size in it is no plain number");
  return entry.value;
}

const isNumber = (type: number) => type === types.short || type === types.long;

/** All numbers of an entry, wherever they stand in the file. */
export function numbersOf(
  file: DataView,
  { type, count, value }: Value,
  little: boolean,
  most: number,
): number[] {
  if (!isNumber(type)) throw new Damage("a list in it holds no plain numbers");
  const bytes = type === types.short ? 2 : 4;
  // Two short numbers lie in the entry itself, and only the first was read.
  if (count === 1 || count * bytes <= 4) return [value];
  if (count > most || value + count * bytes > file.byteLength) throw new Damage("a list in it is too long");
  return numbersAt(file, value, type, count, little);
}

/** Numbers one behind the other: of two bytes, or of four where they are not short. */
export function numbersAt(
  view: DataView,
  at: number,
  type: number,
  count: number,
  little: boolean,
): number[] {
  return Array.from({ length: count }, (_, index) =>
    type === types.short ? view.getUint16(at + index * 2, little) : view.getUint32(at + index * 4, little),
  );
}
