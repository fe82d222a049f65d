// TIFFs, little-endian: one directory of entries, and strips wherever they say.

import { ascii, bytes, join, little16, little32, repeat } from "./bytes.ts";

export const tag = {
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  stripOffsets: 273,
  samples: 277,
  rowsPerStrip: 278,
  stripBytes: 279,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileBytes: 325,
  subDirectories: 330,
} as const;

export type Entry = readonly [tag: number, value: number, count?: number];

const entryBytes = ([number, value, count = 1]: Entry) =>
  join(little16(number), little16(4), little32(count), little32(value));

/** `next`: where the next directory is said to be. */
export function tiff(entries: readonly Entry[], data: Uint8Array = bytes(), next = 0): Uint8Array {
  const sorted = entries.toSorted(([one], [other]) => one - other);
  return join(
    ascii("II*\0"),
    little32(8),
    little16(sorted.length),
    ...sorted.map(entryBytes),
    little32(next),
    data,
  );
}

/** Where the data of a TIFF with so many entries begins. */
export const dataOffset = (entries: number) => 8 + 2 + entries * 12 + 4;

/** Grey, 8 bits, one strip; `extra` entries take the place of these. */
export function grey(
  width: number,
  height: number,
  extra: readonly Entry[],
  data: Uint8Array,
  next = 0,
): Uint8Array {
  const own: readonly Entry[] = [
    [tag.width, width],
    [tag.height, height],
    [tag.bits, 8],
    [tag.compression, 1],
    [tag.photometric, 1],
    [tag.samples, 1],
    [tag.rowsPerStrip, height],
  ];
  const kept = own.filter(([number]) => !extra.some(([other]) => other === number));
  const count = kept.length + extra.length + 2;
  const strips: readonly Entry[] = [
    [tag.stripOffsets, dataOffset(count)],
    [tag.stripBytes, data.length],
  ]
    .filter(([number]) => !extra.some(([other]) => other === number))
    .map(([number = 0, value = 0]) => [number, value]);
  return tiff([...kept, ...strips, ...extra], data, next);
}

/** PackBits: 128 zeros for two bytes. */
export const packedZeros = (total: number) => repeat(bytes(0x81, 0), Math.ceil(total / 128));
