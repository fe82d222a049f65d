// JPEG: keeps what is needed to show the picture (JFIF, ICC, Adobe, orientation), drops every other APPn and comment, and all behind EOI.
import type { MetadataKept } from "../../../schema/hidden-metadata.ts";
import { startsWith } from "../bytes/ascii.ts";
import { type ByteReader, joined, type Reading } from "../bytes/byte-reader.ts";
import { PieceCount } from "../bytes/pieces.ts";
import type { Emit } from "../bytes/stripper.ts";
import { Damage } from "../damage.ts";
import { exifToCarry } from "../exif/carried.ts";
import { keptXmp } from "../xmp/kept.ts";
import { adobePrefix, exifPrefix, iccPrefix, jfifPrefix, xmpPrefix } from "./application.ts";
import { keptIptc } from "./iptc.ts";
import { hasLength, isFrameHeader, isKnownBetweenScans, isMetadata, markers } from "./markers.ts";
import { scanFrame } from "./scan-end.ts";
import { SeenScans } from "./seen-scans.ts";
import { nextMarker, segmentLength } from "./segments.ts";
import { maxBodyBytes, writeSegment } from "./write.ts";

/** `isEndless`: there is no EOI, so what stands behind the picture is told from its scan data by their codes. */
export function* stripJpeg(
  reader: ByteReader,
  emit: Emit,
  kept: MetadataKept,
  isEndless = false,
): Reading<void> {
  yield* reader.skip(2);
  emit(Uint8Array.of(0xff, markers.startOfImage));
  const seen = isEndless ? new SeenScans() : null;
  const emitData: Emit = (bytes) => emit(seen ? bytes.subarray(0, seen.take(bytes)) : bytes);
  let hasExif = false;
  let isInScans = false;
  let components: readonly number[] = [];
  const count = new PieceCount();
  for (;;) {
    const marker = yield* nextMarker(reader, isInScans ? emitData : undefined);
    count.piece();
    if (!isInScans && (marker === null || marker === markers.endOfImage))
      throw new Damage("it ends before the picture");
    // With an end of its own what was cut off shows as much of itself in every browser; and another picture is not this one's.
    if (marker === null || marker === markers.endOfImage || (isInScans && marker === markers.startOfImage))
      return emit(Uint8Array.of(0xff, markers.endOfImage));
    if (isInScans ? !isKnownBetweenScans(marker) : !hasLength(marker)) {
      if (isInScans) emitData(Uint8Array.of(0xff, marker));
      continue;
    }
    // Behind the last scan's end nothing is the picture's.
    if (isInScans && seen?.isComplete) return emit(Uint8Array.of(0xff, markers.endOfImage));
    const length = isInScans ? yield* lengthAtHand(reader) : yield* segmentLength(reader);
    if (isMetadata(marker) && (isInScans || !mayBeShown(marker)) && reader.left >= length) {
      reader.now(length);
      continue;
    }
    const body = isInScans ? yield* reader.takeUpTo(length) : yield* reader.take(length);
    // A damaged byte inside a scan may look like a segment that reaches past the end.
    if (body.length < length) return emit(Uint8Array.of(0xff, markers.endOfImage));
    // Browsers that meet it show nothing, and no decoder gets past it.
    if (isInScans && marker === markers.startOfScan && !isScanOf(body, components))
      return emit(Uint8Array.of(0xff, markers.endOfImage));
    if (isFrameHeader(marker)) components = scanFrame(body).components.map(({ id }) => id);
    if (!isMetadata(marker)) {
      emit(writeSegment(marker, body));
      seen?.segment(marker, body);
    } else if (!isInScans) {
      const isExif = marker === exif && startsWith(body, exifPrefix);
      const shown = isExif && hasExif ? null : visiblePart(marker, body, kept);
      hasExif ||= isExif;
      if (shown) emit(writeSegment(marker, shown));
    }
    if (marker === markers.startOfScan) isInScans = true;
  }
}

/** Whether a scan header (B.2.3) names components that there are. */
function isScanOf(body: Uint8Array, components: readonly number[]): boolean {
  const count = body[0] ?? 0;
  const named = Array.from({ length: count }, (_, index) => body[1 + 2 * index] ?? -1);
  return count > 0 && named.every((id) => components.includes(id));
}

/** Of a segment between scans: there damage may look like one. */
function* lengthAtHand(reader: ByteReader): Reading<number> {
  const head = yield* reader.takeUpTo(2);
  return Math.max(2, (head[0] ?? 0) * 256 + (head[1] ?? 0)) - 2;
}

const { jfif, exif, icc, photoshop, adobe } = markers;
const mayBeShown = (marker: number) => [jfif, exif, icc, photoshop, adobe].some((one) => one === marker);

/** What of an APPn segment or a comment stays; null: nothing. */
function visiblePart(marker: number, body: Uint8Array, kept: MetadataKept): Uint8Array | null {
  if (marker === markers.comment) return null;
  if (marker === jfif && startsWith(body, jfifPrefix) && body.length >= 14) {
    // Version, density and a thumbnail of 0 x 0: an embedded one may show what was cropped away.
    const header = body.slice(0, 14);
    header.fill(0, 12);
    return header;
  }
  if (marker === exif && startsWith(body, exifPrefix)) {
    const block = exifToCarry(body, kept);
    return block && joined(body.subarray(0, exifPrefix.length), block);
  }
  if (marker === exif && startsWith(body, xmpPrefix)) {
    const packet = keptXmp(body.subarray(xmpPrefix.length), kept);
    // What was written anew names more vocabularies than before.
    return packet && packet.length <= maxBodyBytes - xmpPrefix.length
      ? joined(body.subarray(0, xmpPrefix.length), packet)
      : null;
  }
  if (marker === photoshop) return keptIptc(body, kept);
  if (marker === icc && startsWith(body, iccPrefix)) return body;
  // It says how the components are coded; without it CMYK comes out inverted.
  return marker === adobe && startsWith(body, adobePrefix) ? body.subarray(0, 12) : null;
}
