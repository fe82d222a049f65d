// BMP: everything stands in the first 54 bytes.
import { type ByteReader, joined, type Reading } from "../bytes/byte-reader.ts";
import { viewOf } from "../bytes/numbers.ts";
import { Damage } from "../damage.ts";
import { plainStill, type StoredFacts } from "../facts.ts";
import { type Bitmap, bitmapOf, coreBytes, fileHeaderBytes, pixelsAt, rowBytes } from "./header.ts";

/** What is read before the masks, and where in the file that of alpha stands. */
const headBytes = 34;
const alphaMaskAt = fileHeaderBytes + 52;

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
    alpha: bits === 32 || (bits === 16 && (yield* hasAlphaMask(reader, bitmap))),
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

/** Behind the header's first 34 bytes. Only what names its masks has one for alpha. */
function* hasAlphaMask(reader: ByteReader, { headerBytes, compression }: Bitmap): Reading<boolean> {
  if ((compression !== 3 && compression !== 6) || (headerBytes < 56 && compression !== 6)) return false;
  const rest = yield* reader.peek(alphaMaskAt + 4 - headBytes);
  return (
    rest.length === alphaMaskAt + 4 - headBytes && viewOf(rest).getUint32(alphaMaskAt - headBytes, true) !== 0
  );
}
