// Builds GIFs block by block, so that any of them can be wrong.

/** Four colours that are far apart. */
export const gifColours = [
  [0, 0, 0],
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
] as const;

const word = (value: number) => [value & 255, value >> 8];

/** Signature, screen, and a table of the four colours. */
export const gifScreen = (width: number, height: number): number[] => [
  ...Buffer.from("GIF89a"),
  ...word(width),
  ...word(height),
  ...[0x81, 0, 0],
  ...gifColours.flat(),
];

export const gifTrailer = [0x3b];

export interface FrameOptions {
  readonly x?: number;
  readonly y?: number;
  readonly isInterlaced?: boolean;
  /** Hundredths of a second. */
  readonly delay?: number;
  /** 1 keeps, 2 clears, 3 brings back. */
  readonly disposal?: number;
  readonly transparentIndex?: number;
}

/** The index of a pixel; what the tests draw most: a colour for each quarter. */
export type IndexAt = (x: number, y: number) => number;

/** A control block where it is needed, and an image in the screen's colours. */
export function gifFrame(
  width: number,
  height: number,
  indexAt: IndexAt,
  options: FrameOptions = {},
): number[] {
  const { x = 0, y = 0, isInterlaced = false } = options;
  const place = [x, y, width, height].flatMap(word);
  const rows = isInterlaced ? interlacedRows(height) : Array.from({ length: height }, (_, row) => row);
  const indices = rows.flatMap((row) => Array.from({ length: width }, (_, column) => indexAt(column, row)));
  return [...control(options), 0x2c, ...place, isInterlaced ? 0x40 : 0, 2, ...subBlocks(codesOf(indices))];
}

function control({ delay, disposal = 0, transparentIndex }: FrameOptions): number[] {
  if (delay === undefined && disposal === 0 && transparentIndex === undefined) return [];
  const flags = (disposal << 2) | (transparentIndex === undefined ? 0 : 1);
  return [0x21, 0xf9, 4, flags, ...word(delay ?? 0), transparentIndex ?? 0, 0];
}

function interlacedRows(height: number): number[] {
  return [
    [0, 8],
    [4, 8],
    [2, 4],
    [1, 2],
  ].flatMap(([first = 0, step = 1]) => {
    const rows: number[] = [];
    for (let row = first; row < height; row += step) rows.push(row);
    return rows;
  });
}

/** LZW of two bits without any strings: a clear code (4) in front of every two indices keeps codes at three bits. */
export function codesOf(indices: readonly number[], endsWith: readonly number[] = [5]): number[] {
  const codes = indices.flatMap((index, at) => (at % 2 === 0 ? [4, index] : [index])).concat(endsWith);
  const bytes: number[] = [];
  let [bits, count] = [0, 0];
  for (const code of codes) {
    bits |= code << count;
    count += 3;
    for (; count >= 8; count -= 8, bits >>= 8) bytes.push(bits & 255);
  }
  return count > 0 ? [...bytes, bits] : bytes;
}

export function subBlocks(bytes: readonly number[]): number[] {
  const blocks: number[] = [];
  for (let at = 0; at < bytes.length; at += 255) {
    const body = bytes.slice(at, at + 255);
    blocks.push(body.length, ...body);
  }
  return [...blocks, 0];
}

export const gifLoop = [0x21, 0xff, 11, ...Buffer.from("NETSCAPE2.0"), 3, 1, 0, 0, 0];

export const gifOf = (...parts: readonly (readonly number[])[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(parts.flat());
