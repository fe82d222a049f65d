// PNG: keeps the chunks that decide what is seen, replaces eXIf by its orientation, drops texts, times and strangers.
import type { MetadataKept } from "../../../schema/hidden-metadata.ts";
import { ascii } from "../bytes/ascii.ts";
import { type ByteReader, joined, type Reading } from "../bytes/byte-reader.ts";
import { viewOf } from "../bytes/numbers.ts";
import { PieceCount } from "../bytes/pieces.ts";
import { copy, copyUpTo, type Emit } from "../bytes/stripper.ts";
import { Damage } from "../damage.ts";
import { exifToCarry } from "../exif/carried.ts";
import { keptXmp, MAX_XMP_BYTES } from "../xmp/kept.ts";
import {
  crcBytes,
  headBytes,
  headOf,
  maxChunkBytes,
  readHead,
  signatureBytes,
  writeChunk,
} from "./chunks.ts";
import { takeExif } from "./exif.ts";

/** The picture, transparency, colour, physical size, animation. Readers refuse strange critical chunks, so none stays. */
export const visibleChunks: ReadonlySet<string> = new Set([
  ...["IHDR", "PLTE", "IDAT", "IEND"],
  ...["tRNS", "iCCP", "sRGB", "gAMA", "cHRM", "cICP", "mDCV", "cLLI", "sBIT", "bKGD", "pHYs"],
  ...["acTL", "fcTL", "fdAT"],
]);

/** Keyword of the text, not compressed, no language, no translated keyword (XMP, part 3, section 1.1.5). */
const XMP_PREFIX = "XML:com.adobe.xmp\0\0\0\0\0";

/** What the walk at upload has found. */
export interface PngFacts {
  readonly animated?: boolean | undefined;
  readonly apart?: true | undefined;
}

/** An animation that is shown as a still has no frames that anybody may see: browsers would wait for them. */
export function* stripPng(
  reader: ByteReader,
  emit: Emit,
  kept: MetadataKept,
  facts: PngFacts = {},
): Reading<void> {
  const isStill = facts.animated === false && !facts.apart;
  yield* copy(reader, emit, signatureBytes);
  let hasExif = false;
  const count = new PieceCount();
  let hasPixels = false;
  /** Of an animation; a file that has not announced one holds no frames that anybody sees. */
  let framesLeft = 0;
  for (;;) {
    count.piece();
    // What has no end gets one: of what was cut off browsers show what there is.
    if (hasPixels && !isHead(yield* reader.peek(headBytes))) return emit(writeChunk("IEND", noBytes));
    const { bytes, type, length } = yield* readHead(reader);
    const head = Uint8Array.from(bytes);
    if (type === "IEND") return emit(writeChunk(type, noBytes));
    if (type === "eXIf" && !hasExif && !hasPixels) {
      const block = yield* takeExif(reader, length);
      hasExif = block !== null;
      const carried = block && exifToCarry(block, kept);
      if (carried) emit(writeChunk("eXIf", carried));
    } else if (type === "iTXt" && length <= XMP_PREFIX.length + MAX_XMP_BYTES) {
      const text = yield* reader.takeUpTo(length);
      const xmp =
        ascii(text, 0, XMP_PREFIX.length) === XMP_PREFIX && text.length === length
          ? keptXmp(text.subarray(XMP_PREFIX.length), kept)
          : null;
      if (xmp) emit(writeChunk("iTXt", joined(text.subarray(0, XMP_PREFIX.length), xmp)));
      yield* reader.takeUpTo(crcBytes);
    } else if (type === "acTL" && !isStill && !hasPixels && framesLeft === 0 && length === 8) {
      const control = yield* reader.keep(length + crcBytes);
      framesLeft = viewOf(control).getUint32(0) + 1;
      emit(head);
      emit(control);
    } else if (isOfFrame(type) && (type === "fcTL" ? --framesLeft : framesLeft) <= 0) {
      framesLeft = 0;
      yield* passOver(reader, length + crcBytes);
    } else if (visibleChunks.has(type) && type !== "acTL") {
      hasPixels ||= type === "IDAT";
      emit(head);
      if (reader.left >= length + crcBytes) emit(reader.now(length + crcBytes));
      else {
        const end = reader.position + length + crcBytes;
        yield* copyUpTo(reader, emit, end);
        if (reader.position < end && !hasPixels) throw new Damage("the file ends too early");
        if (reader.position < end) return;
      }
    } else yield* passOver(reader, length + crcBytes);
  }
}

const noBytes = new Uint8Array(0);

/** Whether a chunk begins here; behind a broken one stands whatever there is. */
const isHead = (head: Uint8Array) =>
  head.length === headBytes &&
  headOf(head).length <= maxChunkBytes &&
  /^[A-Za-z]{4}$/.test(headOf(head).type);

/** To the file's end at most. */
function* passOver(reader: ByteReader, count: number): Reading<void> {
  if (reader.left >= count) reader.now(count);
  else yield* copyUpTo(reader, () => undefined, reader.position + count);
}

const isOfFrame = (type: string) => type === "fcTL" || type === "fdAT";
