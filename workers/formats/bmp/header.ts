// A BMP's two headers: the file's, which tells where the pixels are, and the bitmap's, which ICOs carry without the other.
import { startsWith } from "../bytes/ascii.ts";
import { viewOf } from "../bytes/numbers.ts";

export const fileHeaderBytes = 14;
/** Of the oldest bitmap header, whose sizes have two bytes. */
export const coreBytes = 12;
/** BITMAPCOREHEADER, OS/2, BITMAPINFOHEADER and its successors. */
const headerLengths: readonly number[] = [coreBytes, 16, 40, 52, 56, 64, 108, 124];

export function isBmp(file: Uint8Array): boolean {
  if (!startsWith(file, "BM") || file.length < fileHeaderBytes + 4) return false;
  return headerLengths.includes(viewOf(file).getUint32(fileHeaderBytes, true));
}

/** Where the file's pixels begin. */
export const pixelsAt = (file: DataView): number => file.getUint32(10, true);

export interface Bitmap {
  /** Of this header. */
  readonly headerBytes: number;
  readonly width: number;
  /** Negative where the rows run top down; in an ICO the mask is counted too. */
  readonly height: number;
  readonly bits: number;
  /** 0 none, 3 and 6 none, but with masks for the colours. */
  readonly compression: number;
  /** Of the pixels, as far as it is told. */
  readonly pixelBytes: number;
  /** In the palette; 0: as many as the bits allow. */
  readonly colours: number;
}

/** The bitmap header; what a short one does not say is 0. */
export function bitmapOf(view: DataView): Bitmap {
  const headerBytes = view.getUint32(0, true);
  const end = Math.min(headerBytes, view.byteLength);
  const long = (at: number) => (at + 4 <= end ? view.getUint32(at, true) : 0);
  if (headerBytes === coreBytes) {
    const size = { width: view.getUint16(4, true), height: view.getUint16(6, true) };
    return {
      headerBytes,
      ...size,
      bits: view.getUint16(10, true),
      compression: 0,
      pixelBytes: 0,
      colours: 0,
    };
  }
  return {
    headerBytes,
    width: view.getInt32(4, true),
    height: view.getInt32(8, true),
    bits: view.getUint16(14, true),
    compression: long(16),
    pixelBytes: long(20),
    colours: long(32),
  };
}

/** Whether the pixels stand there as they are. */
export const isRaw = ({ compression }: Bitmap): boolean => [0, 3, 6].includes(compression);

/** Rows are padded to four bytes. */
export const rowBytes = (width: number, bits: number) => Math.ceil((width * bits) / 32) * 4;

/** How many bytes the header with its masks and palette takes, and the pixels; null where a compressed one does not say. */
export function bitmapExtent(view: DataView): {
  readonly frontBytes: number;
  readonly pixelBytes: number | null;
} {
  const isCutOff = view.getUint32(0, true) !== coreBytes && view.byteLength < 40;
  if (isCutOff) return { frontBytes: view.byteLength, pixelBytes: null };
  const bitmap = bitmapOf(view);
  const { headerBytes, bits, compression } = bitmap;
  const pixelBytes = rowBytes(Math.abs(bitmap.width), bits) * Math.abs(bitmap.height);
  const most = bits <= 8 ? 1 << bits : 0;
  if (headerBytes === coreBytes) return { frontBytes: coreBytes + 3 * most, pixelBytes };
  const masks = headerBytes !== 40 ? 0 : compression === 3 ? 12 : compression === 6 ? 16 : 0;
  return {
    frontBytes: headerBytes + masks + 4 * Math.min(bitmap.colours || most, 1_024),
    pixelBytes: isRaw(bitmap) ? pixelBytes : bitmap.pixelBytes || null,
  };
}
