// Writes PNGs of every type, depth and filter, honest or not, for tests of the decoder.

import { crc32, deflateSync } from "node:zlib";

export interface PngShape {
  readonly width: number;
  readonly height: number;
  readonly bitDepth: number;
  readonly colourType: number;
  readonly interlaced?: boolean;
  /** Filter of each row; by default all five in turn. */
  readonly filter?: (row: number) => number;
  readonly palette?: Uint8Array;
  readonly transparency?: Uint8Array;
  /** More chunks before the pixels. */
  readonly extra?: readonly Uint8Array[];
  /** Bytes an IDAT chunk. */
  readonly chunkBytes?: number;
}

const channels: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const adam7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

export function chunk(type: string, body: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(12 + body.length);
  bytes.writeUInt32BE(body.length, 0);
  bytes.write(type, 4, "latin1");
  bytes.set(body, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + body.length)), 8 + body.length);
  return bytes;
}

export function ihdr(shape: PngShape): Uint8Array {
  const body = Buffer.alloc(13);
  body.writeUInt32BE(shape.width, 0);
  body.writeUInt32BE(shape.height, 4);
  body.set([shape.bitDepth, shape.colourType, 0, 0, shape.interlaced ? 1 : 0], 8);
  return chunk("IHDR", body);
}

export const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** `sample(x, y, channel)` gives each value, 0 to 2^bitDepth - 1. */
export function writePng(
  shape: PngShape,
  sample: (x: number, y: number, channel: number) => number,
): Uint8Array {
  const zlib = deflateSync(filteredRows(shape, sample));
  const parts: Uint8Array[] = [signature, ihdr(shape), ...(shape.extra ?? [])];
  if (shape.palette) parts.push(chunk("PLTE", shape.palette));
  if (shape.transparency) parts.push(chunk("tRNS", shape.transparency));
  const step = shape.chunkBytes ?? 8192;
  for (let at = 0; at < zlib.length; at += step) parts.push(chunk("IDAT", zlib.subarray(at, at + step)));
  parts.push(chunk("IEND", new Uint8Array(0)));
  return Buffer.concat(parts);
}

/** The bytes that go into the zlib stream. */
export function filteredRows(shape: PngShape, sample: (x: number, y: number, channel: number) => number) {
  const passes = shape.interlaced ? adam7 : ([[0, 0, 1, 1]] as const);
  const filter = shape.filter ?? ((row: number) => row % 5);
  const rows: Uint8Array[] = [];
  for (const [x0, y0, dx, dy] of passes) {
    const width = Math.ceil((shape.width - x0) / dx);
    const height = Math.ceil((shape.height - y0) / dy);
    if (width < 1) continue;
    let above: Uint8Array | undefined;
    for (let y = 0; y < height; y++) {
      const row = packedRow(shape, width, (x, channel) => sample(x0 + x * dx, y0 + y * dy, channel));
      rows.push(filtered(filter(y), row, above, pixelBytes(shape)));
      above = row;
    }
  }
  return Buffer.concat(rows);
}

function packedRow(
  shape: PngShape,
  width: number,
  sample: (x: number, channel: number) => number,
): Uint8Array {
  const count = channels[shape.colourType] ?? 1;
  const bits = shape.bitDepth;
  const row = new Uint8Array(Math.ceil((width * count * bits) / 8));
  for (let i = 0; i < width * count; i++) {
    const value = sample(Math.floor(i / count), i % count);
    if (bits === 16) {
      row[i * 2] = value >> 8;
      row[i * 2 + 1] = value & 255;
    } else {
      const at = (i * bits) >> 3;
      row[at] = (row[at] ?? 0) | (value << (8 - bits - ((i * bits) & 7)));
    }
  }
  return row;
}

const pixelBytes = (shape: PngShape) =>
  Math.max(1, ((channels[shape.colourType] ?? 1) * shape.bitDepth) >> 3);

function filtered(kind: number, row: Uint8Array, above: Uint8Array | undefined, step: number): Uint8Array {
  const out = new Uint8Array(row.length + 1);
  out[0] = kind;
  for (let i = 0; i < row.length; i++) {
    const left = row[i - step] ?? 0;
    const up = above?.[i] ?? 0;
    const corner = above?.[i - step] ?? 0;
    const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][kind] ?? 0;
    out[i + 1] = (row[i] ?? 0) - predicted;
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const p = left + up - corner;
  const [a, b, c] = [Math.abs(p - left), Math.abs(p - up), Math.abs(p - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
