// The first frame of an animation whose still is another picture: browsers play the frames, and never show the still (PNG 3rd edition, 4.11).
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { crc32 } from "../bytes/crc32.ts";
import { viewOf } from "../bytes/numbers.ts";
import { copy, type Emit } from "../bytes/stripper.ts";
import { crcBytes, readHead, signatureBytes, writeChunk } from "./chunks.ts";

const sequenceBytes = 4;

/** Emits a still PNG of it, as far as the file goes. Only for files whose facts say `apart`. */
export function* firstFrame(reader: ByteReader, emit: Emit): Reading<void> {
  yield* copy(reader, emit, signatureBytes);
  let isWithin = false;
  for (;;) {
    const { bytes, type, length } = yield* readHead(reader);
    const head = Uint8Array.from(bytes);
    if (type === "fdAT" && length >= sequenceBytes) {
      isWithin = true;
      yield* emitPixels(reader, emit, length);
    } else if (isWithin) {
      // The next frame, or the end.
      return emit(writeChunk("IEND", new Uint8Array(0)));
    } else if (seen.has(type) && length <= maxBodyBytes) {
      emit(head);
      yield* copy(reader, emit, length + crcBytes);
    } else yield* reader.skip(length + crcBytes);
  }
}

/** What decides how its pixels are read. */
const seen: ReadonlySet<string> = new Set(["IHDR", "PLTE", "tRNS", "gAMA", "sRGB", "iCCP"]);
const maxBodyBytes = 1 << 20;

/** A frame's data are those of a still behind a number (section 11.3.6.3). */
function* emitPixels(reader: ByteReader, emit: Emit, length: number): Reading<void> {
  yield* reader.skip(sequenceBytes);
  const head = writeChunk("IDAT", new Uint8Array(0)).subarray(0, 8);
  viewOf(head).setUint32(0, length - sequenceBytes);
  emit(head);
  let sum = crc32(head.subarray(4));
  yield* copy(
    reader,
    (bytes) => {
      sum = crc32(bytes, sum);
      emit(bytes);
    },
    length - sequenceBytes,
  );
  yield* reader.skip(crcBytes);
  const crc = new Uint8Array(crcBytes);
  viewOf(crc).setUint32(0, sum);
  emit(crc);
}

/** Whether a frame, by its control chunk, covers the picture. */
export function isWhole(
  control: DataView,
  { width, height }: { readonly width: number; readonly height: number },
): boolean {
  const [frameWidth, frameHeight, x, y] = [4, 8, 12, 16].map((at) => control.getUint32(at));
  return frameWidth === width && frameHeight === height && x === 0 && y === 0;
}
