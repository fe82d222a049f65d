// PNG: chunk by chunk to IEND, reading only the small ones.
import { ascii } from "../bytes/ascii.ts";
import { type ByteReader, Damage, type Reading } from "../bytes/byte-reader.ts";
import { readExif } from "../exif/read.ts";
import { plainStill, type StoredFacts } from "../facts.ts";

const headerBytes = 13;
/** An orientation stands at the front of its block. */
const exifBytesRead = 65_536;

const colours = {
  0: { colour: "gray", alpha: false, samplesPerPixel: 1 },
  2: { colour: "rgb", alpha: false, samplesPerPixel: 3 },
  3: { colour: "palette", alpha: false, samplesPerPixel: 1 },
  4: { colour: "gray", alpha: true, samplesPerPixel: 2 },
  6: { colour: "rgb", alpha: true, samplesPerPixel: 4 },
} as const satisfies Record<number, Partial<StoredFacts>>;

const colourTypes: Readonly<Record<number, (typeof colours)[keyof typeof colours]>> = colours;

export function* readPng(reader: ByteReader, publish: (facts: StoredFacts) => void): Reading<StoredFacts> {
  yield* reader.skip(8);
  let facts = yield* readHeader(reader);
  let hasPixels = false;
  for (;;) {
    const head = yield* reader.take(8);
    const type = ascii(head, 4, 8);
    const length = new DataView(head.buffer, head.byteOffset, 8).getUint32(0);
    if (length > 0x7fff_ffff) throw new Damage("a chunk claims an impossible length");
    let left = length + 4;
    if (type === "acTL" && length >= 8 && !hasPixels) {
      const control = yield* reader.view(8);
      const frames = Math.max(1, control.getUint32(0));
      facts = { ...facts, frames, animated: frames > 1, plays: control.getUint32(4) };
      left -= 8;
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
    yield* reader.skip(left);
    if (type !== "IEND") continue;
    if (!hasPixels) throw new Damage("it holds no pixels");
    return facts;
  }
}

function* readHeader(reader: ByteReader): Reading<StoredFacts> {
  const view = yield* reader.view(8 + headerBytes + 4);
  const isHeader = view.getUint32(0) === headerBytes && view.getUint32(4) === 0x49484452;
  const kind = colourTypes[view.getUint8(17)];
  const bitDepth = view.getUint8(16);
  if (!isHeader || !kind || ![1, 2, 4, 8, 16].includes(bitDepth)) throw new Damage("its header is broken");
  return {
    ...plainStill,
    ...kind,
    format: "png",
    width: view.getUint32(8),
    height: view.getUint32(12),
    bitDepth,
    progressive: view.getUint8(20) === 1,
  };
}
