// PNG: chunk by chunk to IEND, reading only the small ones.
import { ascii } from "../bytes/ascii.ts";
import { type ByteReader, Damage, type Reading } from "../bytes/byte-reader.ts";
import { PieceCount } from "../bytes/pieces.ts";
import { readExif } from "../exif/read.ts";
import { plainStill, type StoredFacts } from "../facts.ts";

const headerBytes = 13;
/** An orientation stands at the front of its block. */
const exifBytesRead = 65_536;

interface ColourType extends Pick<StoredFacts, "colour" | "alpha" | "samplesPerPixel"> {
  readonly depths: readonly number[];
}

/** Section 11.2.1: not every depth goes with every type. */
const colourTypes: Readonly<Record<number, ColourType>> = {
  0: { colour: "gray", alpha: false, samplesPerPixel: 1, depths: [1, 2, 4, 8, 16] },
  2: { colour: "rgb", alpha: false, samplesPerPixel: 3, depths: [8, 16] },
  3: { colour: "palette", alpha: false, samplesPerPixel: 1, depths: [1, 2, 4, 8] },
  4: { colour: "gray", alpha: true, samplesPerPixel: 2, depths: [8, 16] },
  6: { colour: "rgb", alpha: true, samplesPerPixel: 4, depths: [8, 16] },
};

export function* readPng(reader: ByteReader, publish: (facts: StoredFacts) => void): Reading<StoredFacts> {
  yield* reader.skip(8);
  let facts = yield* readHeader(reader);
  let hasPixels = false;
  let isMoving = false;
  let isBroken = false;
  let frames = 0;
  const count = new PieceCount();
  for (;;) {
    count.piece();
    if (reader.left < 8) yield* reader.need(8);
    const head = reader.now(8);
    const type = ascii(head, 4, 8);
    const length = new DataView(head.buffer, head.byteOffset, 8).getUint32(0);
    if (length > 0x7fff_ffff) throw new Damage("a chunk claims an impossible length");
    let left = length + 4;
    if (type === "IHDR") throw new Damage("it has two headers");
    if (type === "acTL" && length >= 8 && !hasPixels) {
      const plays = (yield* reader.view(8)).getUint32(4);
      left -= 8;
      isMoving = true;
      facts = { ...facts, frames: null, animated: true, plays };
    } else if (type === "fcTL" && length >= 20) {
      frames++;
      isBroken ||= !isInside(yield* reader.view(20), facts);
      left -= 20;
    } else if (type === "eXIf") {
      const block = yield* reader.take(Math.min(length, exifBytesRead));
      facts = { ...facts, orientation: readExif(block).orientation };
      left -= block.length;
    } else if (type === "iCCP") facts = { ...facts, hasIcc: true };
    else if (type === "tRNS") facts = { ...facts, alpha: true };
    else if (type === "IDAT" && !hasPixels) {
      hasPixels = true;
      publish(facts);
    }
    if (reader.left >= left) reader.now(left);
    else yield* reader.skip(left);
    if (type !== "IEND") continue;
    if (!hasPixels) throw new Damage("it holds no pixels");
    facts = { ...facts, pieces: count.pieces };
    if (!isMoving) return facts;
    // What acTL announces is only a promise.
    const shown = isBroken ? 1 : Math.max(1, frames);
    return { ...facts, frames: shown, animated: shown > 1 };
  }
}

/** Section 11.2.9.2: frames lie within the picture. Browsers show a file that breaks this as a still. */
function isInside(frame: DataView, { width, height }: StoredFacts): boolean {
  const right = frame.getUint32(4) + frame.getUint32(12);
  const bottom = frame.getUint32(8) + frame.getUint32(16);
  return right <= width && bottom <= height;
}

function* readHeader(reader: ByteReader): Reading<StoredFacts> {
  const view = yield* reader.view(8 + headerBytes + 4);
  const isHeader = view.getUint32(0) === headerBytes && view.getUint32(4) === 0x49484452;
  const kind = colourTypes[view.getUint8(17)];
  const bitDepth = view.getUint8(16);
  if (!isHeader || !kind?.depths.includes(bitDepth)) throw new Damage("its header is broken");
  const { depths, ...colour } = kind;
  return {
    ...plainStill,
    ...colour,
    format: "png",
    width: view.getUint32(8),
    height: view.getUint32(12),
    bitDepth,
    progressive: view.getUint8(20) === 1,
  };
}
