// PNG: keeps the chunks that decide what is seen, replaces eXIf by its orientation, drops texts, times and strangers.

import type { MetadataKept } from "../../../schema/hidden-metadata.ts";
import { ascii } from "../bytes/ascii.ts";
import { type ByteReader, joined, type Reading } from "../bytes/byte-reader.ts";
import { crc32 } from "../bytes/crc32.ts";
import { PieceCount } from "../bytes/pieces.ts";
import { copy, type Emit } from "../bytes/stripper.ts";
import { exifBytesRead, exifToCarry } from "../exif/minimal.ts";
import { keptXmp, MAX_XMP_BYTES } from "../xmp/kept.ts";

/** The picture, transparency, colour, physical size, animation. Readers refuse strange critical chunks, so none stays. */
export const visibleChunks: ReadonlySet<string> = new Set([
  ...["IHDR", "PLTE", "IDAT", "IEND"],
  ...["tRNS", "iCCP", "sRGB", "gAMA", "cHRM", "cICP", "mDCV", "cLLI", "sBIT", "bKGD", "pHYs"],
  ...["acTL", "fcTL", "fdAT"],
]);

/** Keyword of the text, not compressed, no language, no translated keyword (XMP, part 3, section 1.1.5). */
const XMP_PREFIX = "XML:com.adobe.xmp\0\0\0\0\0";

export function* stripPng(reader: ByteReader, emit: Emit, kept: MetadataKept): Reading<void> {
  yield* copy(reader, emit, 8);
  let hasExif = false;
  const count = new PieceCount();
  let hasPixels = false;
  /** Of an animation; a file that has not announced one holds no frames that anybody sees. */
  let framesLeft = 0;
  for (;;) {
    count.piece();
    if (reader.left < 8) yield* reader.need(8);
    const head = Uint8Array.from(reader.now(8));
    const type = ascii(head, 4, 8);
    const length = new DataView(head.buffer).getUint32(0);
    if (type === "eXIf" && !hasExif) {
      const block = yield* reader.take(Math.min(length, exifBytesRead));
      const carried = exifToCarry(block, kept);
      hasExif = true;
      if (carried) emit(pngChunk("eXIf", carried));
      yield* reader.skip(length - block.length + 4);
    } else if (type === "iTXt" && length <= XMP_PREFIX.length + MAX_XMP_BYTES) {
      const text = yield* reader.take(length);
      const xmp =
        ascii(text, 0, XMP_PREFIX.length) === XMP_PREFIX
          ? keptXmp(text.subarray(XMP_PREFIX.length), kept)
          : null;
      if (xmp) emit(pngChunk("iTXt", joined(text.subarray(0, XMP_PREFIX.length), xmp)));
      yield* reader.skip(4);
    } else if (type === "acTL" && !hasPixels && framesLeft === 0 && length === 8) {
      const control = Uint8Array.from(yield* reader.take(12));
      framesLeft = new DataView(control.buffer).getUint32(0) + 1;
      emit(head);
      emit(control);
    } else if (isOfFrame(type) && (type === "fcTL" ? --framesLeft : framesLeft) <= 0) {
      framesLeft = 0;
      yield* reader.skip(length + 4);
    } else if (visibleChunks.has(type) && type !== "acTL") {
      hasPixels ||= type === "IDAT";
      emit(head);
      if (reader.left >= length + 4) emit(reader.now(length + 4));
      else yield* copy(reader, emit, length + 4);
    } else if (reader.left >= length + 4) reader.now(length + 4);
    else yield* reader.skip(length + 4);
    if (type === "IEND") return;
  }
}

const isOfFrame = (type: string) => type === "fcTL" || type === "fdAT";

/** A whole chunk with its checksum; for small bodies. */
export function pngChunk(type: string, body: Uint8Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(body.length + 12));
  const bytes = new Uint8Array(view.buffer);
  view.setUint32(0, body.length);
  for (let index = 0; index < 4; index++) view.setUint8(4 + index, type.charCodeAt(index));
  bytes.set(body, 8);
  view.setUint32(8 + body.length, crc32(bytes.subarray(4, 8 + body.length)));
  return bytes;
}
