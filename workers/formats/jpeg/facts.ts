// JPEG: segments are skipped by their length, scan data by looking for the next marker.
import { ascii } from "../bytes/ascii.ts";
import { type ByteReader, Damage, type Reading } from "../bytes/byte-reader.ts";
import { PieceCount } from "../bytes/pieces.ts";
import { readExif } from "../exif/read.ts";
import { type Chroma, type Orientation, plainStill, type StoredFacts } from "../facts.ts";

interface Frame {
  readonly progressive: boolean;
  readonly bitDepth: number;
  readonly width: number;
  readonly height: number;
  /** Horizontal and vertical sampling factors, one pair a component. */
  readonly sampling: readonly (readonly [number, number])[];
}

export const startOfScan = 0xda;
export const endOfImage = 0xd9;

export function* readJpeg(reader: ByteReader, publish: (facts: StoredFacts) => void): Reading<StoredFacts> {
  let frame: Frame | null = null;
  let orientation: Orientation | null = null;
  let hasIcc = false;
  const count = new PieceCount();
  yield* reader.skip(2);
  for (;;) {
    const marker = markerAtHand(reader) ?? (yield* findMarker(reader));
    count.piece();
    if (marker === null || marker === endOfImage) throw new Damage("it ends before the picture");
    if (!hasLength(marker)) continue;
    const length = reader.left >= 2 ? lengthAtHand(reader) : yield* segmentLength(reader);
    if (marker === startOfScan) {
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
      yield* readToEnd(reader, count);
      return { ...facts, pieces: count.pieces };
    }
    if (isFrameHeader(marker)) {
      // Decoders differ in which they believe, and browsers show neither.
      if (frame) throw new Damage("it has two frame headers");
      frame = readFrame(marker, yield* reader.take(length));
    } else if (marker === 0xe1 && length > 6 && orientation === null) {
      const block = yield* reader.take(length);
      if (ascii(block, 0, 6) === "Exif\0\0") orientation = readExif(block).orientation;
    } else if (marker === 0xe2 && length > 12) {
      hasIcc ||= ascii(yield* reader.take(12)) === "ICC_PROFILE\0";
      yield* reader.skip(length - 12);
    } else if (reader.left >= length) reader.now(length);
    else yield* reader.skip(length);
  }
}

/** Through all scans of a progressive picture to EOI. What follows EOI (previews, a phone's video) is nobody's business. */
function* readToEnd(reader: ByteReader, count: PieceCount): Reading<void> {
  for (;;) {
    const marker = yield* findMarker(reader);
    count.piece();
    if (marker === null) throw new Damage("the file ends before the end of the picture");
    if (marker === endOfImage) return;
    if (isKnownBetweenScans(marker)) yield* reader.skip(yield* segmentLength(reader));
  }
}

/**
 * Goes behind the next FF xx that is a marker: not a stuffed FF00, not a restart, not fill. Scan data passes at memchr's speed;
 * `pass` gets it piece by piece, without the marker. null: the file ends before one.
 */
export function* findMarker(reader: ByteReader, pass?: (bytes: Uint8Array) => void): Reading<number | null> {
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
export function markerAtHand(reader: ByteReader): number | undefined {
  if (reader.left < 2 || reader.at(0) !== 0xff || !isMarker(reader.at(1))) return undefined;
  return reader.now(2)[1];
}

const isMarker = (byte: number) => byte !== 0 && byte !== 0xff && !(byte >= 0xd0 && byte <= 0xd7);

export const hasLength = (marker: number) => marker >= 0xc0 && !(marker >= 0xd0 && marker <= 0xd9);

/** Inside scan data a damaged byte may look like any marker; only these are believed. */
export const isKnownBetweenScans = (marker: number) =>
  marker === 0xc4 || (marker >= 0xda && marker <= 0xdd) || marker >= 0xe0;

export function* segmentLength(reader: ByteReader): Reading<number> {
  yield* reader.need(2);
  return lengthAtHand(reader);
}

/** The same where two bytes are at hand. */
export function lengthAtHand(reader: ByteReader): number {
  const length = reader.at(0) * 256 + reader.at(1);
  reader.now(2);
  if (length < 2) throw new Damage("a segment claims a length below two");
  return length - 2;
}

/** SOF0..SOF15 without DHT (C4), JPG (C8) and DAC (CC), which share their range. */
const isFrameHeader = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

function readFrame(marker: number, body: Uint8Array): Frame {
  if (marker > 0xc2)
    throw new Damage("it is lossless, hierarchical or arithmetic-coded, which nothing displays");
  const components = body[5] ?? 0;
  if (body.length < 6 + components * 3 || ![1, 3, 4].includes(components))
    throw new Damage("its frame header is broken");
  const sampling = Array.from({ length: components }, (_, index) => {
    const factors = body[7 + index * 3] ?? 0;
    return [factors >> 4, factors & 15] as const;
  });
  if (sampling.some(([across, down]) => across < 1 || across > 4 || down < 1 || down > 4))
    throw new Damage("its sampling factors are impossible");
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  return {
    progressive: marker === 0xc2,
    bitDepth: view.getUint8(0),
    height: view.getUint16(1),
    width: view.getUint16(3),
    sampling,
  };
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
