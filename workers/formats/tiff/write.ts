// TIFF directories, written: entries, then the values that do not fit into them.

import { directoryBytes, entryBytes, headerBytes, types } from "./directory.ts";

export interface NewEntry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  readonly value: Uint8Array;
}

export interface Manner {
  readonly little: boolean;
  /** Values begin at multiples of it. The standard wants even ones; a block that must be short does without. */
  readonly align: 1 | 2;
}

export function shortEntry(tag: number, number: number, little: boolean): NewEntry {
  const value = new Uint8Array(2);
  new DataView(value.buffer).setUint16(0, number, little);
  return { tag, type: types.short, count: 1, value };
}

export function longEntry(tag: number, number: number, little: boolean): NewEntry {
  const value = new Uint8Array(4);
  new DataView(value.buffer).setUint32(0, number, little);
  return { tag, type: types.long, count: 1, value };
}

const aligned = (length: number, align: number) => Math.ceil(length / align) * align;

/**
 * A whole structure: its directories one behind the other from the header on, then their values. Where a directory will stand is told by
 * `directoryPlaces`, for entries that point to it. None leads on to the next.
 */
export function writeTiff(
  directories: readonly (readonly NewEntry[])[],
  { little, align }: Manner,
): Uint8Array {
  const places = directoryPlaces(directories.map(({ length }) => length));
  const spilled = directories.flat().filter(({ value }) => value.length > 4);
  let free = places.at(-1) ?? headerBytes;
  const bytes = new Uint8Array(spilled.reduce((sum, { value }) => sum + aligned(value.length, align), free));
  const view = new DataView(bytes.buffer);
  view.setUint16(0, little ? 0x4949 : 0x4d4d);
  view.setUint16(2, 42, little);
  view.setUint32(4, headerBytes, little);
  for (const [index, entries] of directories.entries()) {
    let at = places[index] ?? 0;
    view.setUint16(at, entries.length, little);
    at += 2;
    for (const { tag, type, count, value } of entries) {
      view.setUint16(at, tag, little);
      view.setUint16(at + 2, type, little);
      view.setUint32(at + 4, count, little);
      bytes.set(value, value.length > 4 ? free : at + 8);
      if (value.length > 4) {
        view.setUint32(at + 8, free, little);
        free += aligned(value.length, align);
      }
      at += entryBytes;
    }
  }
  return bytes;
}

/** Where directories of so many entries stand, and last, where the values begin. */
export function directoryPlaces(counts: readonly number[]): readonly number[] {
  const places = [headerBytes];
  for (const count of counts) places.push((places.at(-1) ?? 0) + directoryBytes(count));
  return places;
}
