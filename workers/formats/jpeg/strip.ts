// JPEG: keeps what is needed to show the picture (JFIF, ICC, Adobe, orientation), drops every other APPn and comment, and all behind EOI.
import type { MetadataKept } from "../../../schema/hidden-metadata.ts";
import { ascii } from "../bytes/ascii.ts";
import { type ByteReader, Damage, joined, type Reading } from "../bytes/byte-reader.ts";
import { PieceCount } from "../bytes/pieces.ts";
import type { Emit } from "../bytes/stripper.ts";
import { exifToCarry } from "../exif/minimal.ts";
import { keptXmp } from "../xmp/kept.ts";
import {
  endOfImage,
  findMarker,
  hasLength,
  isKnownBetweenScans,
  lengthAtHand,
  markerAtHand,
  segmentLength,
  startOfScan,
} from "./facts.ts";
import { keptIptc } from "./iptc.ts";

const jfif = 0xe0;
const exif = 0xe1;
const icc = 0xe2;
const photoshop = 0xed;
const adobe = 0xee;
const comment = 0xfe;

/** XMP, part 3, section 1.1.3. Extended packets have another one, and hold depth maps and second pictures. */
const XMP_PREFIX = "http://ns.adobe.com/xap/1.0/\0";
const MAX_PACKET_BYTES = 65_533 - XMP_PREFIX.length;

export function* stripJpeg(reader: ByteReader, emit: Emit, kept: MetadataKept): Reading<void> {
  yield* reader.skip(2);
  emit(Uint8Array.of(0xff, 0xd8));
  let hasExif = false;
  let isInScans = false;
  const count = new PieceCount();
  for (;;) {
    const marker = markerAtHand(reader) ?? (yield* findMarker(reader, isInScans ? emit : undefined));
    count.piece();
    // A picture that was cut off shows as much of itself as it did before.
    if (marker === null && isInScans) return;
    if (marker === null || (marker === endOfImage && !isInScans))
      throw new Damage("it ends before the picture");
    if (marker === endOfImage) return emit(Uint8Array.of(0xff, endOfImage));
    if (isInScans ? !isKnownBetweenScans(marker) : !hasLength(marker)) {
      if (isInScans) emit(Uint8Array.of(0xff, marker));
      continue;
    }
    const length = reader.left >= 2 ? lengthAtHand(reader) : yield* segmentLength(reader);
    const isMetadata = marker >= 0xe0;
    if (isMetadata && (isInScans || !mayBeShown(marker)) && reader.left >= length) {
      reader.now(length);
      continue;
    }
    // A damaged byte inside a scan may look like a segment that reaches past the end.
    const body = isInScans ? yield* reader.takeUpTo(length) : yield* reader.take(length);
    if (!isMetadata) emit(segment(marker, body, length));
    else if (!isInScans) {
      const isExif = marker === exif && ascii(body, 0, 6) === "Exif\0\0";
      const shown = isExif && hasExif ? null : visiblePart(marker, body, kept);
      hasExif ||= isExif;
      if (shown) emit(segment(marker, shown));
    }
    if (marker === startOfScan) isInScans = true;
  }
}

function segment(marker: number, body: Uint8Array, length = body.length): Uint8Array {
  const bytes = new Uint8Array(4 + body.length);
  bytes.set([0xff, marker, (length + 2) >> 8, (length + 2) & 255]);
  bytes.set(body, 4);
  return bytes;
}

const mayBeShown = (marker: number) => [jfif, exif, icc, photoshop, adobe].includes(marker);

/** What of an APPn segment or a comment stays; null: nothing. */
function visiblePart(marker: number, body: Uint8Array, kept: MetadataKept): Uint8Array | null {
  if (marker === comment) return null;
  if (marker === jfif && ascii(body, 0, 5) === "JFIF\0" && body.length >= 14) {
    // Version, density and a thumbnail of 0 x 0: an embedded one may show what was cropped away.
    const header = body.slice(0, 14);
    header.fill(0, 12);
    return header;
  }
  if (marker === exif && ascii(body, 0, 6) === "Exif\0\0") {
    const block = exifToCarry(body, kept);
    return block && joined(body.subarray(0, 6), block);
  }
  if (marker === exif && ascii(body, 0, XMP_PREFIX.length) === XMP_PREFIX) {
    const packet = keptXmp(body.subarray(XMP_PREFIX.length), kept);
    // What was written anew names more vocabularies than before.
    return packet && packet.length <= MAX_PACKET_BYTES
      ? joined(body.subarray(0, XMP_PREFIX.length), packet)
      : null;
  }
  if (marker === photoshop) return keptIptc(body, kept);
  if (marker === icc && ascii(body, 0, 12) === "ICC_PROFILE\0") return body;
  // It says how the components are coded; without it CMYK comes out inverted.
  return marker === adobe && ascii(body, 0, 5) === "Adobe" ? body.subarray(0, 12) : null;
}
