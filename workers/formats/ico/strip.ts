// ICO: keeps the directory and the pictures it names, without the notes inside them; what no entry names is blanked or goes.

import { bitmapExtent, rowBytes } from "../bmp/strip.ts";
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { blankUpTo, copyUpTo, type Emit } from "../bytes/stripper.ts";
import { Damage } from "../damage.ts";
import { blankPngWithin } from "../png/blank-within.ts";

const HEADER_BYTES = 6;
const ENTRY_BYTES = 16;
const PNG_SIGNATURE = 0x89504e47;
const BITMAP_HEADER_BYTES = 40;

export function* stripIco(reader: ByteReader, emit: Emit): Reading<void> {
  const header = Uint8Array.from(yield* reader.take(HEADER_BYTES));
  const count = new DataView(header.buffer).getUint16(4, true);
  const directory = Uint8Array.from(yield* reader.take(count * ENTRY_BYTES));
  emit(header);
  emit(directory);
  const view = new DataView(directory.buffer);
  const entries = Array.from({ length: count }, (_, index) => {
    const offset = view.getUint32(index * ENTRY_BYTES + 12, true);
    return { offset, end: offset + view.getUint32(index * ENTRY_BYTES + 8, true) };
  });
  for (const { offset, end } of entries.toSorted((one, other) => one.offset - other.offset)) {
    if (end <= reader.position) continue;
    // Entries may share a picture, but not half of one.
    if (offset < reader.position) throw new Damage("its pictures lie over each other");
    yield* blankUpTo(reader, emit, offset);
    yield* stripPicture(reader, emit, end);
  }
}

function* stripPicture(reader: ByteReader, emit: Emit, end: number): Reading<void> {
  const start = reader.position;
  const head = Uint8Array.from(yield* reader.peek(Math.min(BITMAP_HEADER_BYTES, end - start)));
  const view = new DataView(head.buffer);
  if (head.length >= 8 && view.getUint32(0) === PNG_SIGNATURE)
    return yield* blankPngWithin(reader, emit, end);
  if (head.length < BITMAP_HEADER_BYTES) return yield* copyUpTo(reader, emit, end);
  // Its height counts the mask: colours first, then a bit for each pixel.
  const { frontBytes, pixelBytes } = bitmapExtent(view);
  const width = Math.abs(view.getInt32(4, true));
  const maskBytes = (rowBytes(width, 1) * Math.abs(view.getInt32(8, true))) / 2;
  const needed = pixelBytes === null ? end - start : frontBytes + pixelBytes / 2 + maskBytes;
  yield* copyUpTo(reader, emit, Math.min(end, start + Math.ceil(needed)));
  yield* blankUpTo(reader, emit, end);
}
