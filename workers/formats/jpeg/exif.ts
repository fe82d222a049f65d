// A JPEG's EXIF block stands in a segment in front of its picture.
import { startsWith } from "../bytes/ascii.ts";
import { type ByteReader, type Reading, readAll } from "../bytes/byte-reader.ts";
import { Damage } from "../damage.ts";
import { exifPrefix } from "./application.ts";
import { hasLength, markers } from "./markers.ts";
import { nextMarker, segmentLength } from "./segments.ts";

/** From the first bytes of a file; null where there is none in them. */
export function exifInJpeg(head: Uint8Array): Uint8Array | null {
  try {
    return readAll(head, findExif);
  } catch (error) {
    if (error instanceof Damage) return null;
    throw error;
  }
}

function* findExif(reader: ByteReader): Reading<Uint8Array | null> {
  yield* reader.skip(2);
  for (;;) {
    const marker = yield* nextMarker(reader);
    if (marker === null || marker === markers.startOfScan || marker === markers.endOfImage) return null;
    if (!hasLength(marker)) continue;
    const body = yield* reader.take(yield* segmentLength(reader));
    if (marker === markers.exif && startsWith(body, exifPrefix)) return body.subarray(exifPrefix.length);
  }
}
