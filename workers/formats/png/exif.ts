// A PNG's EXIF block is the body of an eXIf chunk (PNG 3rd edition, section 11.3.4.5).
import { type ByteReader, type Reading, readAll } from "../bytes/byte-reader.ts";
import { Damage } from "../damage.ts";
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

function* findExif(reader: ByteReader): Reading<Uint8Array> {
  yield* reader.skip(signatureBytes);
  for (;;) {
    const { type, length } = yield* readHead(reader);
    const body = yield* reader.take(length + crcBytes);
    if (type === "eXIf") return body.subarray(0, length);
  }
}

/** Its place in a file that we write: behind the signature and the header. */
export const exifAt = signatureBytes + frameBytes + headerBytes;
export const exifChunk = (exif: Uint8Array) => writeChunk("eXIf", exif);
