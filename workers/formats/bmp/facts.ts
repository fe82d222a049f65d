// BMP: everything stands in the first 54 bytes.
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { Damage } from "../damage.ts";
import { plainStill, type StoredFacts } from "../facts.ts";

/** BITMAPCOREHEADER, OS/2, BITMAPINFOHEADER and its successors. */
export const bmpHeaderLengths: readonly number[] = [12, 16, 40, 52, 56, 64, 108, 124];

export function* readBmp(reader: ByteReader, publish: (facts: StoredFacts) => void): Reading<StoredFacts> {
  const head = yield* reader.view(30);
  const isCore = head.getUint32(14, true) === 12;
  const width = isCore ? head.getUint16(18, true) : head.getInt32(18, true);
  // A negative height says that the rows run top down.
  const height = isCore ? head.getUint16(20, true) : Math.abs(head.getInt32(22, true));
  const bits = head.getUint16(isCore ? 24 : 28, true);
  if (![1, 2, 4, 8, 16, 24, 32].includes(bits)) throw new Damage("its pixel depth is impossible");
  const compression = isCore ? 0 : (yield* reader.view(4)).getUint32(0, true);
  const facts: StoredFacts = {
    ...plainStill,
    format: "bmp",
    width,
    height,
    alpha: bits === 32,
    colour: bits <= 8 ? "palette" : "rgb",
    bitDepth: Math.min(bits, 8),
    samplesPerPixel: bits <= 8 ? 1 : bits / 8,
  };
  publish(facts);
  const rowBytes = Math.ceil((width * bits) / 32) * 4;
  const uncompressed = compression === 0 || compression === 3;
  const end = head.getUint32(10, true) + (uncompressed ? rowBytes * height : 1);
  yield* reader.skip(Math.max(0, end - reader.position));
  return facts;
}
