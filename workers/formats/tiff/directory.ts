// A TIFF's directory: tags, and the numbers behind them (TIFF 6.0, section 2).
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
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  extraSamples: 338,
  jpegTables: 347,
  icc: 34_675,
} as const;

export interface Entry {
  readonly type: number;
  readonly count: number;
  /** The value itself where it fits in four bytes, otherwise where it stands. */
  readonly value: number;
}

/** Of two entries for one tag the last counts, as for the decoder. */
export type Directory = ReadonlyMap<number, Entry>;

const SHORT = 3;
const LONG = 4;

/** Entries of twelve bytes, and behind them the way to the next directory. */
export function readEntries(table: DataView, little: boolean): Directory {
  const entries = new Map<number, Entry>();
  for (let at = 0; at + 12 <= table.byteLength; at += 12) {
    const type = table.getUint16(at + 2, little);
    const count = table.getUint32(at + 4, little);
    const isShort = type === SHORT && count <= 2;
    const value = isShort ? table.getUint16(at + 8, little) : table.getUint32(at + 8, little);
    entries.set(table.getUint16(at, little), { type, count, value });
  }
  return entries;
}

/** One number of a size. Decoders read other types, too, from where we would not look. */
export function sizeIn(entries: Directory, tag: number, otherwise: number): number {
  const entry = entries.get(tag);
  if (!entry) return otherwise;
  if ((entry.type !== SHORT && entry.type !== LONG) || entry.count !== 1)
    throw new Damage("a size in it is no plain number");
  return entry.value;
}

/** All numbers of an entry, wherever they stand in the file. */
export function numbersOf(
  file: DataView,
  { type, count, value }: Entry,
  little: boolean,
  most: number,
): number[] {
  if (type !== SHORT && type !== LONG) throw new Damage("a list in it holds no plain numbers");
  if (count === 1) return [value];
  const bytes = type === SHORT ? 2 : 4;
  const isInline = count * bytes <= 4;
  // Two short numbers lie in the entry itself, and only the first was read.
  if (isInline) return [value];
  if (count > most || value + count * bytes > file.byteLength) throw new Damage("a list in it is too long");
  return Array.from({ length: count }, (_, index) =>
    type === SHORT ? file.getUint16(value + index * 2, little) : file.getUint32(value + index * 4, little),
  );
}
