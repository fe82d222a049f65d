// BMP: everything stands in the first 54 bytes.
import { type ByteReader, joined, type Reading } from "../bytes/byte-reader.ts";
import { viewOf } from "../bytes/numbers.ts";
import { Damage } from "../damage.ts";
import { plainStill, type StoredFacts } from "../facts.ts";
import { bitmapOf, coreBytes, fileHeaderBytes, pixelsAt, rowBytes } from "./header.ts";

export function* readBmp(reader: ByteReader, publish: (facts: StoredFacts) => void): Reading<StoredFacts> {
  const start = yield* reader.keep(30);
  const isCore = viewOf(start).getUint32(fileHeaderBytes, true) === coreBytes;
  const head = viewOf(isCore ? start : joined(start, yield* reader.take(4)));
  const bitmap = bitmapOf(new DataView(head.buffer, fileHeaderBytes));
  const { width, bits, compression } = bitmap;
  const height = Math.abs(bitmap.height);
  if (![1, 2, 4, 8, 16, 24, 32].includes(bits)) throw new Damage("its pixel depth is impossible");
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
  // A JPEG or PNG inside, and runs: one byte of them at least.
  const isPlain = compression === 0 || compression === 3;
  const end = pixelsAt(head) + (isPlain ? rowBytes(width, bits) * height : 1);
  yield* reader.skip(Math.max(0, end - reader.position));
  return facts;
}
