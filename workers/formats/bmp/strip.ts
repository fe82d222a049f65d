// BMP: keeps header, palette, pixels and colour profile; what stands between them is blanked, what stands behind them goes.
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { blankUpTo, copyUpTo, type Emit } from "../bytes/stripper.ts";
import { bitmapExtent, coreBytes, fileHeaderBytes, pixelsAt } from "./header.ts";

/** Of the header that names a profile: "MBED" as a little-endian number. */
const PROfileHeaderBytes = 124;
const EMBEDDED_PROFILE = 0x4d42_4544;

export function* stripBmp(reader: ByteReader, emit: Emit): Reading<void> {
  const head = Uint8Array.from(yield* reader.peek(fileHeaderBytes + PROfileHeaderBytes));
  const view = new DataView(head.buffer);
  if (head.length < fileHeaderBytes + coreBytes) return;
  const start = pixelsAt(view);
  const { frontBytes, pixelBytes } = bitmapExtent(new DataView(head.buffer, fileHeaderBytes));
  const declared = view.getUint32(2, true);
  const pixelsEnd = pixelBytes === null ? Math.max(declared, start) : start + pixelBytes;
  const profile = profileIn(view);
  const end = Math.max(pixelsEnd, profile?.end ?? 0);

  view.setUint32(2, end, true);
  yield* reader.skip(fileHeaderBytes);
  // Two reserved fields are left blank.
  emit(head.slice(0, fileHeaderBytes).fill(0, 6, 10));
  yield* copyUpTo(reader, emit, Math.min(fileHeaderBytes + frontBytes, start));
  yield* blankUpTo(reader, emit, start);
  yield* copyUpTo(reader, emit, pixelsEnd);
  if (!profile || profile.start < pixelsEnd) return;
  yield* blankUpTo(reader, emit, profile.start);
  yield* copyUpTo(reader, emit, profile.end);
}

/** A BITMAPV5HEADER says where its profile stands, from its own beginning on. */
function profileIn(view: DataView): { readonly start: number; readonly end: number } | null {
  const isNamed =
    view.byteLength >= fileHeaderBytes + PROfileHeaderBytes &&
    view.getUint32(14, true) === PROfileHeaderBytes &&
    view.getUint32(fileHeaderBytes + 56, true) === EMBEDDED_PROFILE;
  if (!isNamed) return null;
  const start = fileHeaderBytes + view.getUint32(fileHeaderBytes + 112, true);
  return { start, end: start + view.getUint32(fileHeaderBytes + 116, true) };
}
