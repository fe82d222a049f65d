// ICO: keeps the directory and the pictures it names, without the notes inside them; what no entry names is blanked or goes.

import { bitmapExtent, bitmapOf, rowBytes } from "../bmp/header.ts";
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { viewOf } from "../bytes/numbers.ts";
import { blankUpTo, copyUpTo, type Emit } from "../bytes/stripper.ts";
import { Damage } from "../damage.ts";
import { blankPngWithin } from "../png/blank-within.ts";
import { isPng } from "../png/chunks.ts";
import { entriesOf, entriesTold, entryBytes, headerBytes } from "./directory.ts";

const BITMAP_HEADER_BYTES = 40;

export function* stripIco(reader: ByteReader, emit: Emit): Reading<void> {
  const header = yield* reader.keep(headerBytes);
  const directory = yield* reader.keep(entriesTold(viewOf(header)) * entryBytes);
  emit(header);
  emit(directory);
  const entries = entriesOf(directory).map(({ offset, length }) => ({ offset, end: offset + length }));
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
  if (isPng(head)) return yield* blankPngWithin(reader, emit, end);
  if (head.length < BITMAP_HEADER_BYTES) return yield* copyUpTo(reader, emit, end);
  // Its height counts the mask: colours first, then a bit for each pixel.
  const { frontBytes, pixelBytes } = bitmapExtent(viewOf(head));
  const { width, height } = bitmapOf(viewOf(head));
  const maskBytes = (rowBytes(Math.abs(width), 1) * Math.abs(height)) / 2;
  const needed = pixelBytes === null ? end - start : frontBytes + pixelBytes / 2 + maskBytes;
  yield* copyUpTo(reader, emit, Math.min(end, start + Math.ceil(needed)));
  yield* blankUpTo(reader, emit, end);
}
