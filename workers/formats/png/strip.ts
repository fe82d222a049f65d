// PNG: keeps the chunks that decide what is seen, replaces eXIf by its orientation, drops texts, times and strangers.
import { ascii } from "../bytes/ascii.ts";
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { copy, type Emit, type MetadataKept } from "../bytes/stripper.ts";
import { exifBytesRead, fieldsToKeep, minimalExif, saysSomething } from "../exif/minimal.ts";

/** Beside the critical ones: transparency, colour, physical size, animation. */
const visibleChunks: ReadonlySet<string> = new Set(
  ["tRNS", "iCCP", "sRGB", "gAMA", "cHRM", "cICP", "mDCV", "cLLI", "sBIT", "bKGD", "pHYs"].concat([
    "acTL",
    "fcTL",
    "fdAT",
  ]),
);

export function* stripPng(reader: ByteReader, emit: Emit, kept: MetadataKept): Reading<void> {
  yield* copy(reader, emit, 8);
  let hasExif = false;
  for (;;) {
    const head = Uint8Array.from(yield* reader.take(8));
    const type = ascii(head, 4, 8);
    const length = new DataView(head.buffer).getUint32(0);
    if (type === "eXIf" && !hasExif) {
      const block = yield* reader.take(Math.min(length, exifBytesRead));
      const fields = fieldsToKeep(block, kept);
      hasExif = true;
      if (saysSomething(fields)) emit(pngChunk("eXIf", minimalExif(fields)));
      yield* reader.skip(length - block.length + 4);
    } else if (isCritical(head) || visibleChunks.has(type)) {
      emit(head);
      yield* copy(reader, emit, length + 4);
    } else yield* reader.skip(length + 4);
    if (type === "IEND") return;
  }
}

/** PNG specification, section 5.4: an upper-case first letter. */
const isCritical = (head: Uint8Array) => ((head[4] ?? 0) & 0x20) === 0;

/** A whole chunk with its checksum; for small bodies. */
export function pngChunk(type: string, body: Uint8Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(body.length + 12));
  const bytes = new Uint8Array(view.buffer);
  view.setUint32(0, body.length);
  for (let index = 0; index < 4; index++) view.setUint8(4 + index, type.charCodeAt(index));
  bytes.set(body, 8);
  view.setUint32(8 + body.length, checksum(bytes.subarray(4, 8 + body.length)));
  return bytes;
}

/** CRC-32 as in ISO 3309, bit by bit: the blocks have some dozens of bytes. */
function checksum(bytes: Uint8Array): number {
  let crc = 0xffff_ffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb8_8320 : 0);
  }
  return ~crc >>> 0;
}
