// A JPEG's segments: a marker, a length of two bytes, a body; and scan data between them, which ends with the next marker (T.81, B.1).
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { Damage } from "../damage.ts";
import { isMarker } from "./markers.ts";

export const isJpeg = (file: Uint8Array) => file[0] === 0xff && file[1] === 0xd8 && file[2] === 0xff;

/** Uses the next marker; null: the file ends before one. */
export function* nextMarker(reader: ByteReader, pass?: (bytes: Uint8Array) => void): Reading<number | null> {
  return markerAtHand(reader) ?? (yield* findMarker(reader, pass));
}

/**
 * Goes behind the next FF xx that is a marker: not a stuffed FF00, not a restart, not fill. Scan data passes at memchr's speed;
 * `pass` gets it piece by piece, without the marker. null: the file ends before one.
 */
function* findMarker(reader: ByteReader, pass?: (bytes: Uint8Array) => void): Reading<number | null> {
  let afterFf = false;
  for (;;) {
    const bytes: Uint8Array | null = yield* reader.rest();
    if (bytes === null) return null;
    // The place behind an FF; 0 where this chunk has none left, unless the chunk before ended in one.
    let at: number = afterFf ? 0 : bytes.indexOf(0xff) + 1;
    while (at > 0 || afterFf) {
      const marker: number | undefined = bytes[at];
      if (marker === undefined) break;
      if (isMarker(marker)) {
        if (pass && at > 1) pass(bytes.subarray(0, at - 1));
        reader.giveBack(bytes.length - at - 1);
        return marker;
      }
      // The FF that ended the chunk before was held back, as it might have begun a marker.
      if (at === 0 && pass) pass(Uint8Array.of(0xff));
      afterFf = false;
      at = marker === 0xff ? at + 1 : bytes.indexOf(0xff, at + 1) + 1;
    }
    afterFf = at === bytes.length && at > 0;
    if (pass) pass(afterFf ? bytes.subarray(0, -1) : bytes);
  }
}

/** The marker that begins with the next byte, used; undefined where it is not wholly at hand, or another byte comes first. */
function markerAtHand(reader: ByteReader): number | undefined {
  if (reader.left < 2 || reader.at(0) !== 0xff || !isMarker(reader.at(1))) return undefined;
  return reader.now(2)[1];
}

/** Uses the length behind a marker, and answers that of the body. */
export function* segmentLength(reader: ByteReader): Reading<number> {
  if (reader.left < 2) yield* reader.need(2);
  const length = reader.at(0) * 256 + reader.at(1);
  reader.now(2);
  if (length < 2) throw new Damage("a segment claims a length below two");
  return length - 2;
}
