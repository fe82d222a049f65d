// A PNG's EXIF block is the body of an eXIf chunk (PNG 3rd edition, section 11.3.4.5).
import { lettersOf } from "../bytes/ascii.ts";
import { type ByteReader, type Reading, readAll } from "../bytes/byte-reader.ts";
import { crc32 } from "../bytes/crc32.ts";
import { Damage } from "../damage.ts";
import { exifBytesRead } from "../exif/carried.ts";
import { crcBytes, frameBytes, readHead, signatureBytes, writeChunk } from "./chunks.ts";
import { headerBytes } from "./header.ts";

/** From the first bytes of a file; null where there is none in them. */
export function exifInPng(head: Uint8Array): Uint8Array | null {
  try {
    return readAll(head, findExif);
  } catch (error) {
    if (error instanceof Damage) return null;
    throw error;
  }
}

function* findExif(reader: ByteReader): Reading<Uint8Array | null> {
  yield* reader.skip(signatureBytes);
  for (;;) {
    const { type, length } = yield* readHead(reader);
    // Behind the pixels no browser looks for it.
    if (type === "IDAT") return null;
    if (type === "eXIf") return yield* takeExif(reader, length);
    yield* reader.skip(length + crcBytes);
  }
}

/**
 * The block of an eXIf chunk whose head has been used, and its checksum too; of a long one its front. Null where it fails its check: browsers
 * don't read it then.
 */
export function* takeExif(reader: ByteReader, length: number): Reading<Uint8Array | null> {
  const block = yield* reader.keep(Math.min(length, exifBytesRead));
  yield* reader.skip(length - block.length);
  const sum = (yield* reader.view(crcBytes)).getUint32(0);
  const isChecked = block.length === length;
  return !isChecked || sum === crc32(block, crc32(lettersOf("eXIf"))) ? block : null;
}

/** Its place in a file that we write: behind the signature and the header. */
export const exifAt = signatureBytes + frameBytes + headerBytes;
export const exifChunk = (exif: Uint8Array) => writeChunk("eXIf", exif);
