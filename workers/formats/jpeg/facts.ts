// JPEG: segments are skipped by their length, scan data by looking for the next marker.
import type { Orientation } from "../../../schema/facts.ts";
import { startsWith } from "../bytes/ascii.ts";
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { PieceCount } from "../bytes/pieces.ts";
import { Damage } from "../damage.ts";
import { readExif } from "../exif/read.ts";
import { type Chroma, plainStill, type StoredFacts } from "../facts.ts";
import { exifPrefix, iccPrefix } from "./application.ts";
import { type Frame, readFrame } from "./frame.ts";
import { hasLength, isFrameHeader, isKnownBetweenScans, markers } from "./markers.ts";
import { nextMarker, segmentLength } from "./segments.ts";

export function* readJpeg(reader: ByteReader, publish: (facts: StoredFacts) => void): Reading<StoredFacts> {
  let frame: Frame | null = null;
  let orientation: Orientation | null = null;
  let hasIcc = false;
  const count = new PieceCount();
  yield* reader.skip(2);
  for (;;) {
    const marker = yield* nextMarker(reader);
    count.piece();
    if (marker === null || marker === markers.endOfImage) throw new Damage("it ends before the picture");
    if (!hasLength(marker)) continue;
    const length = yield* segmentLength(reader);
    if (marker === markers.startOfScan) {
      if (!frame) throw new Damage("a scan stands before the frame header");
      const componentsInScan = (yield* reader.take(Math.min(length, 1)))[0] ?? 0;
      const isSeveralScans = componentsInScan < frame.sampling.length;
      const facts = toFacts(
        { ...frame, progressive: frame.progressive || isSeveralScans },
        orientation ?? 1,
        hasIcc,
      );
      publish(facts);
      yield* reader.skip(length - Math.min(length, 1));
      const hasEnd = yield* readToEnd(reader, count);
      return {
        ...facts,
        pieces: count.pieces,
        ...(hasEnd ? {} : { endless: true }),
        ...(isSeveralScans && !frame.progressive ? { separate: true } : {}),
      };
    }
    if (isFrameHeader(marker)) {
      // Decoders differ in which they believe, and browsers show neither.
      if (frame) throw new Damage("it has two frame headers");
      frame = readFrame(marker, yield* reader.take(length));
    } else if (marker === markers.exif && length > exifPrefix.length && orientation === null) {
      const block = yield* reader.take(length);
      if (startsWith(block, exifPrefix)) orientation = readExif(block).orientation;
    } else if (marker === markers.icc && length > iccPrefix.length) {
      hasIcc ||= startsWith(yield* reader.take(iccPrefix.length), iccPrefix);
      yield* reader.skip(length - iccPrefix.length);
    } else if (reader.left >= length) reader.now(length);
    else yield* reader.skip(length);
  }
}

/**
 * Through all scans of a progressive picture to EOI. What follows EOI (previews, a phone's video) is nobody's business. False: there is
 * none. Some cameras leave it out, and of a picture that was cut off browsers show what there is; how much that is, its decoder finds out.
 */
function* readToEnd(reader: ByteReader, count: PieceCount): Reading<boolean> {
  for (;;) {
    const marker = yield* nextMarker(reader);
    count.piece();
    if (marker === null) return false;
    if (marker === markers.endOfImage) return true;
    // Another picture begins.
    if (marker === markers.startOfImage) return false;
    if (!isKnownBetweenScans(marker)) continue;
    const head = yield* reader.takeUpTo(2);
    const length = (head[0] ?? 0) * 256 + (head[1] ?? 0);
    if (length > 2) yield* reader.takeUpTo(length - 2);
  }
}

function toFacts(frame: Frame, orientation: Orientation, hasIcc: boolean): StoredFacts {
  const { sampling, ...rest } = frame;
  const across = Math.max(...sampling.map(([factor]) => factor));
  const down = Math.max(...sampling.map(([, factor]) => factor));
  const colour = sampling.length === 1 ? "gray" : sampling.length === 3 ? "rgb" : "cmyk";
  return {
    ...plainStill,
    ...rest,
    format: "jpg",
    orientation,
    hasIcc,
    colour,
    chroma: colour === "rgb" ? chromaOf(sampling) : null,
    samplesPerPixel:
      sampling.length === 1 ? 1 : sampling.reduce((sum, [h, v]) => sum + (h * v) / (across * down), 0),
  };
}

const chromaNames: Readonly<Record<string, Chroma>> = {
  "1x1": "4:4:4",
  "1x2": "4:4:0",
  "2x1": "4:2:2",
  "2x2": "4:2:0",
  "4x1": "4:1:1",
  "4x2": "4:1:0",
};

function chromaOf(sampling: Frame["sampling"]): Chroma {
  const [luma, blue, red] = sampling;
  if (!luma || !blue || !red || blue[0] !== red[0] || blue[1] !== red[1]) return "other";
  return chromaNames[`${luma[0] / blue[0]}x${luma[1] / blue[1]}`] ?? "other";
}
