// BMP and ICO: headers in 32 bits, and run lengths.

import { ascii, bytes, join, little16, little32 } from "./bytes.ts";

export interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly depth?: number;
  /** 0 none, 1 RLE8, 2 RLE4, 3 masks. */
  readonly compression?: number;
  readonly colours?: number;
  readonly palette?: Uint8Array;
  readonly data?: Uint8Array;
  readonly offset?: number;
}

export function info({ width, height, depth = 8, compression = 0, colours = 0 }: Bitmap): Uint8Array {
  return join(
    little32(40),
    little32(width),
    little32(height),
    little16(1),
    little16(depth),
    little32(compression),
    new Uint8Array(12),
    little32(colours),
    little32(0),
  );
}

export function bmp(bitmap: Bitmap): Uint8Array {
  const { palette = new Uint8Array(1024), data = new Uint8Array(64 * 64) } = bitmap;
  const offset = bitmap.offset ?? 14 + 40 + palette.length;
  return join(
    ascii("BM"),
    little32(offset + data.length),
    little32(0),
    little32(offset),
    info(bitmap),
    palette,
    data,
  );
}

/** A directory of `count` entries that all point at one file. */
export function ico(count: number, image: Uint8Array, side = 0): Uint8Array {
  const entry = join(
    bytes(side, side, 0, 0),
    little16(1),
    little16(32),
    little32(image.length),
    little32(6 + count * 16),
  );
  return join(bytes(0, 0, 1, 0), little16(count), ...Array.from({ length: count }, () => entry), image);
}
