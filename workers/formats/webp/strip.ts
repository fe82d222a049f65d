// WebP: blanks EXIF, XMP and unknown chunks where they stand, so that no length in the file changes.
//
// The RIFF header comes first and counts every byte, EXIF and XMP come last: removing them would need a second pass or
// reads by range before the first byte can leave. Blanking needs neither, and the length of the answer is known.
import type { MetadataKept } from "../../../schema/hidden-metadata.ts";
import { lettersOf } from "../bytes/ascii.ts";
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { PieceCount } from "../bytes/pieces.ts";
import { blank, copy, type Emit, emitFilled, emitZeros } from "../bytes/stripper.ts";
import { Damage } from "../damage.ts";
import { exifBytesRead, exifWithin } from "../exif/minimal.ts";
import { keptXmp, MAX_XMP_BYTES } from "../xmp/kept.ts";
import { canvasBytes, canvasFlags } from "./canvas.ts";
import { frameHeaderBytes } from "./frame.ts";
import { endOfRiff, headBytes, padded, readHead, riffHeaderBytes } from "./riff.ts";

/** Of these a still picture has one each, and so has a frame; `VP8L` is another `VP8 `. */
const pictureChunks: ReadonlySet<string> = new Set(["VP8 ", "VP8L", "ALPH"]);
const fileChunks: ReadonlySet<string> = new Set(["ANIM", "ICCP"]);

export function* stripWebp(reader: ByteReader, emit: Emit, kept: MetadataKept): Reading<void> {
  const riff = yield* reader.keep(riffHeaderBytes);
  const end = endOfRiff(riff);
  emit(riff);
  const count = new PieceCount();
  let isAnimated = false;
  let frameEnd = 0;
  /** Further pictures in a still file, or in a frame, are shown by nobody. */
  let seen = new Set<string>();
  while (reader.position + headBytes <= end) {
    count.piece();
    const { bytes: head, id: type, length } = yield* readHead(reader, end);
    const room = Math.min(padded(length), end - reader.position);
    const isInFrame = reader.position < frameEnd;
    const name = type === "VP8L" ? "VP8 " : type;
    const isPicture = pictureChunks.has(type) && (isInFrame || !isAnimated);
    const isShown = (isPicture || fileChunks.has(type)) && !seen.has(name);
    seen.add(name);
    if (type === "ANMF" && isAnimated) {
      // What follows its header are chunks again, so the walk goes on inside the frame.
      if (length < frameHeaderBytes) throw new Damage("a frame is shorter than its header");
      emit(head);
      frameEnd = reader.position + length;
      seen = new Set(fileChunks);
      yield* copy(reader, emit, frameHeaderBytes);
    } else if (type === "VP8X" && length >= canvasBytes) {
      emit(head);
      const canvas = yield* reader.keep(room);
      isAnimated = ((canvas[0] ?? 0) & canvasFlags.animation) !== 0;
      if (!keepsXmp(kept)) canvas[0] = (canvas[0] ?? 0) & ~canvasFlags.xmp;
      emit(canvas.fill(0, canvasBytes));
    } else if (type === "EXIF") yield* replaceExif(reader, emit, kept, head, length, room);
    else if (type === "XMP " && keepsXmp(kept)) yield* replaceXmp(reader, emit, kept, head, length, room);
    else if (isShown) {
      emit(head);
      yield* copy(reader, emit, room);
    } else {
      emit(renamed(head));
      if (room > 0) yield* blank(reader, emit, room);
    }
  }
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
  yield* reader.skip(room - old.length);
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
  yield* reader.skip(room - old.length);
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
