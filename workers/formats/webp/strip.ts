// WebP: blanks EXIF, XMP and unknown chunks where they stand, so that no length in the file changes.
//
// The RIFF header comes first and counts every byte, EXIF and XMP come last: removing them would need a second pass or
// reads by range before the first byte can leave. Blanking needs neither, and the length of the answer is known.
import type { MetadataKept } from "../../../schema/hidden-metadata.ts";
import { lettersOf } from "../bytes/ascii.ts";
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { PieceCount } from "../bytes/pieces.ts";
import { blankUpTo, copy, copyUpTo, type Emit, emitFilled, emitZeros } from "../bytes/stripper.ts";
import { exifBytesRead, exifWithin } from "../exif/carried.ts";
import { keptXmp, MAX_XMP_BYTES } from "../xmp/kept.ts";
import { canvasBytes, canvasFlags } from "./canvas.ts";
import { frameHeaderBytes } from "./frame.ts";
import { type ChunkHead, endOfRiff, headBytes, headOf, padded, passUpTo, riffHeaderBytes } from "./riff.ts";

/** Of these a still picture has one each, and so has a frame; `VP8L` is another `VP8 `. */
const pictureChunks: ReadonlySet<string> = new Set(["VP8 ", "VP8L", "ALPH"]);
const fileChunks: ReadonlySet<string> = new Set(["ANIM", "ICCP"]);

/** What its own first bytes should have told, found when it was uploaded. */
export interface WebpFacts {
  readonly animated?: boolean | undefined;
  /** Where its header's length is wrong: where the picture ends. */
  readonly pictureEnd?: number | undefined;
}

/** `facts`: what the walk at upload has found of the file, where its own header is wrong. */
export function* stripWebp(
  reader: ByteReader,
  emit: Emit,
  kept: MetadataKept,
  facts: WebpFacts = {},
): Reading<void> {
  const riff = yield* reader.keep(riffHeaderBytes);
  const end = facts.pictureEnd ?? endOfRiff(riff);
  new DataView(riff.buffer).setUint32(4, end - 8, true);
  emit(riff);
  const count = new PieceCount();
  let isAnimated = false;
  let frameEnd = 0;
  /** Further pictures in a still file, or in a frame, are shown by nobody. */
  let seen = new Set<string>();
  while (reader.position + headBytes <= end) {
    count.piece();
    const { bytes: head, id: type, length } = yield* readHeadUpTo(reader, end);
    const start = reader.position;
    const room = Math.min(padded(length), end - start);
    const isInFrame = start < frameEnd;
    const name = type === "VP8L" ? "VP8 " : type;
    const isPicture = pictureChunks.has(type) && (isInFrame || !isAnimated) && !seen.has("VP8 ");
    const isShown = (isPicture || fileChunks.has(type)) && !seen.has(name);
    const isCanvas = type === "VP8X" && start === riffHeaderBytes + headBytes && length >= canvasBytes;
    seen.add(name);
    // One that is too short for a frame, or lies inside of one, is shown by nobody and goes like what nobody knows.
    if (type === "ANMF" && isAnimated && !isInFrame && length >= frameHeaderBytes) {
      // What follows its header are chunks again, so the walk goes on inside the frame.
      emit(head);
      frameEnd = start + length;
      seen = new Set(fileChunks);
      yield* copy(reader, emit, frameHeaderBytes);
    } else if (isCanvas) {
      emit(head);
      const canvas = yield* reader.keep(room);
      isAnimated = facts.animated ?? ((canvas[0] ?? 0) & canvasFlags.animation) !== 0;
      emit(canvasToServe(canvas, isAnimated, kept));
    } else if (type === "EXIF") yield* replaceExif(reader, emit, kept, head, length, room);
    else if (type === "XMP " && keepsXmp(kept)) yield* replaceXmp(reader, emit, kept, head, length, room);
    else {
      emit(isShown ? head : renamed(head));
      if (isShown) yield* copyUpTo(reader, emit, start + room);
      else yield* blankUpTo(reader, emit, start + room);
      // A last byte of padding that was left out.
      emitZeros(emit, start + room - reader.position);
      if (reader.position < start + room) return;
    }
  }
}

/** The head of the next chunk; one that reaches past the end is told as of what is there. */
function* readHeadUpTo(reader: ByteReader, end: number): Reading<ChunkHead> {
  const bytes = yield* reader.keep(headBytes);
  const head = headOf(bytes);
  const length = Math.min(head.length, end - reader.position);
  if (length < head.length) new DataView(bytes.buffer).setUint32(4, length, true);
  return { ...head, length };
}

/** With the flags that are true of what is served, and no bits that nobody has given a meaning: browsers refuse a file for either. */
function canvasToServe(canvas: Uint8Array, isAnimated: boolean, kept: MetadataKept): Uint8Array {
  const { icc, alpha, exif, xmp, animation } = canvasFlags;
  const believed = icc | alpha | exif | (keepsXmp(kept) ? xmp : 0);
  canvas[0] = ((canvas[0] ?? 0) & believed) | (isAnimated ? animation : 0);
  return canvas.fill(0, 1, 4).fill(0, canvasBytes);
}

function* replaceExif(
  reader: ByteReader,
  emit: Emit,
  kept: MetadataKept,
  head: Uint8Array,
  length: number,
  room: number,
): Reading<void> {
  const old = yield* reader.take(Math.min(length, exifBytesRead));
  // As browsers show it, and as it is rendered: not turned.
  const block = exifWithin(length, old, kept, 1);
  yield* passUpTo(reader, reader.position + room - old.length);
  emit(block ? head : renamed(head));
  if (block) emit(block);
  emitZeros(emit, room - (block?.length ?? 0));
}

const keepsXmp = (kept: MetadataKept) => kept === "keep" || kept === "keep_with_location";

/** White space is what a packet may be padded with; the canvas has announced one, so an empty one stays. */
function* replaceXmp(
  reader: ByteReader,
  emit: Emit,
  kept: MetadataKept,
  head: Uint8Array,
  length: number,
  room: number,
): Reading<void> {
  const old = yield* reader.take(Math.min(length, MAX_XMP_BYTES + 1));
  const packet = keptXmp(old, kept);
  yield* passUpTo(reader, reader.position + room - old.length);
  emit(head);
  const fitting = packet && packet.length <= length ? packet : new Uint8Array(0);
  emit(fitting);
  emitFilled(emit, length - fitting.length, 0x20);
  emitZeros(emit, room - length);
}

/** Readers skip chunks that they do not know (RFC 9649, section 2.7.1.6). */
function renamed(head: Uint8Array): Uint8Array {
  const other = Uint8Array.from(head);
  other.set(lettersOf("JUNK"));
  return other;
}
