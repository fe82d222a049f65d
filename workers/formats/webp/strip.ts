// WebP: blanks EXIF, XMP and unknown chunks where they stand, so that no length in the file changes.
//
// The RIFF header comes first and counts every byte, EXIF and XMP come last: removing them would need a second pass or
// reads by range before the first byte can leave. Blanking needs neither, and the length of the answer is known.
import { ascii } from "../bytes/ascii.ts";
import { type ByteReader, Damage, type Reading } from "../bytes/byte-reader.ts";
import { blank, copy, type Emit, emitZeros, type MetadataKept } from "../bytes/stripper.ts";
import { exifBytesRead, fieldsToKeep, minimalExifWithin } from "../exif/minimal.ts";
import { frameHeaderBytes, riffHeaderBytes, vp8xFlags } from "./facts.ts";

const visibleChunks: ReadonlySet<string> = new Set(["VP8 ", "VP8L", "ALPH", "ANIM", "ICCP"]);

export function* stripWebp(reader: ByteReader, emit: Emit, kept: MetadataKept): Reading<void> {
  const riff = Uint8Array.from(yield* reader.take(riffHeaderBytes));
  const end = 8 + new DataView(riff.buffer).getUint32(4, true);
  emit(riff);
  while (reader.position + 8 <= end) {
    const head = Uint8Array.from(yield* reader.take(8));
    const type = ascii(head, 0, 4);
    const length = new DataView(head.buffer).getUint32(4, true);
    if (reader.position + length > end) throw new Damage("a chunk reaches past the file's length");
    const room = Math.min(length + (length & 1), end - reader.position);
    if (type === "ANMF") {
      // What follows its header are chunks again, so the walk goes on inside the frame.
      if (length < frameHeaderBytes) throw new Damage("a frame is shorter than its header");
      emit(head);
      yield* copy(reader, emit, frameHeaderBytes);
    } else if (type === "VP8X" && length >= 10) {
      emit(head);
      const canvas = Uint8Array.from(yield* reader.take(room));
      canvas[0] = (canvas[0] ?? 0) & ~vp8xFlags.xmp;
      emit(canvas.fill(0, 10));
    } else if (type === "EXIF") yield* replaceExif(reader, emit, kept, head, length, room);
    else if (visibleChunks.has(type)) {
      emit(head);
      yield* copy(reader, emit, room);
    } else {
      emit(renamed(head));
      yield* blank(reader, emit, room);
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
  const block = minimalExifWithin(length, fieldsToKeep(old, kept));
  yield* reader.skip(room - old.length);
  emit(block ? head : renamed(head));
  if (block) emit(block);
  emitZeros(emit, room - (block?.length ?? 0));
}

/** Readers skip chunks that they do not know (RFC 9649, section 2.7.1.6). */
function renamed(head: Uint8Array): Uint8Array {
  head.set([0x4a, 0x55, 0x4e, 0x4b]);
  return head;
}
