// Segments of a JPEG, written.

import { lettersOf } from "../bytes/ascii.ts";
import { joined } from "../bytes/byte-reader.ts";
import { exifPrefix } from "./application.ts";
import { markers } from "./markers.ts";

/** A segment's length has 16 bits and counts itself. */
export const maxBodyBytes = 65_533;

export function writeSegment(marker: number, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const segment = new Uint8Array(4 + body.length);
  segment.set([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255]);
  segment.set(body, 4);
  return segment;
}

/** Where EXIF stands in a file that we write: behind the marker that begins it. */
export const exifAt = 2;

/** Null where the block is too long for a segment. */
export function exifSegment(exif: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const body = joined(lettersOf(exifPrefix), exif);
  return body.length > maxBodyBytes ? null : writeSegment(markers.exif, body);
}
