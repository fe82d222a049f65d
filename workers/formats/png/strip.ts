// PNG: keeps the chunks that decide what is seen, replaces eXIf by its orientation, drops texts, times and strangers.
import type { MetadataKept } from "../../../schema/hidden-metadata.ts";
import { ascii } from "../bytes/ascii.ts";
import { type ByteReader, joined, type Reading } from "../bytes/byte-reader.ts";
import { viewOf } from "../bytes/numbers.ts";
import { PieceCount } from "../bytes/pieces.ts";
import { copy, type Emit } from "../bytes/stripper.ts";
import { exifBytesRead, exifToCarry } from "../exif/minimal.ts";
import { keptXmp, MAX_XMP_BYTES } from "../xmp/kept.ts";
import { crcBytes, readHead, signatureBytes, writeChunk } from "./chunks.ts";

/** The picture, transparency, colour, physical size, animation. Readers refuse strange critical chunks, so none stays. */
export const visibleChunks: ReadonlySet<string> = new Set([
  ...["IHDR", "PLTE", "IDAT", "IEND"],
  ...["tRNS", "iCCP", "sRGB", "gAMA", "cHRM", "cICP", "mDCV", "cLLI", "sBIT", "bKGD", "pHYs"],
  ...["acTL", "fcTL", "fdAT"],
]);

/** Keyword of the text, not compressed, no language, no translated keyword (XMP, part 3, section 1.1.5). */
const XMP_PREFIX = "XML:com.adobe.xmp\0\0\0\0\0";

export function* stripPng(reader: ByteReader, emit: Emit, kept: MetadataKept): Reading<void> {
  yield* copy(reader, emit, signatureBytes);
  let hasExif = false;
  const count = new PieceCount();
  let hasPixels = false;
  /** Of an animation; a file that has not announced one holds no frames that anybody sees. */
  let framesLeft = 0;
  for (;;) {
    count.piece();
    const { bytes, type, length } = yield* readHead(reader);
    const head = Uint8Array.from(bytes);
    if (type === "eXIf" && !hasExif) {
      const block = yield* reader.take(Math.min(length, exifBytesRead));
      const carried = exifToCarry(block, kept);
      hasExif = true;
      if (carried) emit(writeChunk("eXIf", carried));
      yield* reader.skip(length - block.length + crcBytes);
    } else if (type === "iTXt" && length <= XMP_PREFIX.length + MAX_XMP_BYTES) {
      const text = yield* reader.take(length);
      const xmp =
        ascii(text, 0, XMP_PREFIX.length) === XMP_PREFIX
          ? keptXmp(text.subarray(XMP_PREFIX.length), kept)
          : null;
      if (xmp) emit(writeChunk("iTXt", joined(text.subarray(0, XMP_PREFIX.length), xmp)));
      yield* reader.skip(crcBytes);
    } else if (type === "acTL" && !hasPixels && framesLeft === 0 && length === 8) {
      const control = yield* reader.keep(length + crcBytes);
      framesLeft = viewOf(control).getUint32(0) + 1;
      emit(head);
      emit(control);
    } else if (isOfFrame(type) && (type === "fcTL" ? --framesLeft : framesLeft) <= 0) {
      framesLeft = 0;
      yield* reader.skip(length + crcBytes);
    } else if (visibleChunks.has(type) && type !== "acTL") {
      hasPixels ||= type === "IDAT";
      emit(head);
      if (reader.left >= length + crcBytes) emit(reader.now(length + crcBytes));
      else yield* copy(reader, emit, length + crcBytes);
    } else if (reader.left >= length + crcBytes) reader.now(length + crcBytes);
    else yield* reader.skip(length + crcBytes);
    if (type === "IEND") return;
  }
}

const isOfFrame = (type: string) => type === "fcTL" || type === "fdAT";
