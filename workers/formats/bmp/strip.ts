// BMP: keeps header, palette, pixels and colour profile; what stands between them is blanked, what stands behind them goes.
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { blankUpTo, copyUpTo, type Emit } from "../bytes/stripper.ts";

const FILE_HEADER_BYTES = 14;
/** Of the header that names a profile: "MBED" as a little-endian number. */
const PROFILE_HEADER_BYTES = 124;
const EMBEDDED_PROFILE = 0x4d42_4544;

export function* stripBmp(reader: ByteReader, emit: Emit): Reading<void> {
  const head = Uint8Array.from(yield* reader.peek(FILE_HEADER_BYTES + PROFILE_HEADER_BYTES));
  const view = new DataView(head.buffer);
  if (head.length < FILE_HEADER_BYTES + 12) return;
  const pixelsAt = view.getUint32(10, true);
  const { frontBytes, pixelBytes } = bitmapExtent(new DataView(head.buffer, FILE_HEADER_BYTES));
  const declared = view.getUint32(2, true);
  const pixelsEnd = pixelBytes === null ? Math.max(declared, pixelsAt) : pixelsAt + pixelBytes;
  const profile = profileIn(view);
  const end = Math.max(pixelsEnd, profile?.end ?? 0);

  view.setUint32(2, end, true);
  yield* reader.skip(FILE_HEADER_BYTES);
  // Two reserved fields are left blank.
  emit(head.slice(0, FILE_HEADER_BYTES).fill(0, 6, 10));
  yield* copyUpTo(reader, emit, Math.min(FILE_HEADER_BYTES + frontBytes, pixelsAt));
  yield* blankUpTo(reader, emit, pixelsAt);
  yield* copyUpTo(reader, emit, pixelsEnd);
  if (!profile || profile.start < pixelsEnd) return;
  yield* blankUpTo(reader, emit, profile.start);
  yield* copyUpTo(reader, emit, profile.end);
}

/** A BITMAPV5HEADER says where its profile stands, from its own beginning on. */
function profileIn(view: DataView): { readonly start: number; readonly end: number } | null {
  const isNamed =
    view.byteLength >= FILE_HEADER_BYTES + PROFILE_HEADER_BYTES &&
    view.getUint32(14, true) === PROFILE_HEADER_BYTES &&
    view.getUint32(FILE_HEADER_BYTES + 56, true) === EMBEDDED_PROFILE;
  if (!isNamed) return null;
  const start = FILE_HEADER_BYTES + view.getUint32(FILE_HEADER_BYTES + 112, true);
  return { start, end: start + view.getUint32(FILE_HEADER_BYTES + 116, true) };
}

/**
 * How many bytes a bitmap's header with its masks and palette takes, and its pixels; null where a compressed one does not say.
 * Takes the bitmap header, without the file's.
 */
export function bitmapExtent(bitmap: DataView): {
  readonly frontBytes: number;
  readonly pixelBytes: number | null;
} {
  const headerBytes = bitmap.getUint32(0, true);
  if (headerBytes === 12) {
    const [width, height] = [bitmap.getUint16(4, true), bitmap.getUint16(6, true)];
    const bits = bitmap.getUint16(10, true);
    return { frontBytes: 12 + (bits <= 8 ? 3 << bits : 0), pixelBytes: rowBytes(width, bits) * height };
  }
  if (bitmap.byteLength < 40) return { frontBytes: bitmap.byteLength, pixelBytes: null };
  const width = Math.abs(bitmap.getInt32(4, true));
  const height = Math.abs(bitmap.getInt32(8, true));
  const bits = bitmap.getUint16(14, true);
  const compression = bitmap.getUint32(16, true);
  const colours = bitmap.getUint32(32, true) || (bits <= 8 ? 1 << bits : 0);
  const masks =
    headerBytes === 40 && compression === 3 ? 12 : headerBytes === 40 && compression === 6 ? 16 : 0;
  const isRaw = compression === 0 || compression === 3 || compression === 6;
  const told = bitmap.getUint32(20, true);
  return {
    frontBytes: headerBytes + masks + 4 * Math.min(colours, 1_024),
    pixelBytes: isRaw ? rowBytes(width, bits) * height : told || null,
  };
}

/** Rows are padded to four bytes. */
export const rowBytes = (width: number, bits: number) => Math.ceil((width * bits) / 32) * 4;
