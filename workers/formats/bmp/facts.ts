// BMP: everything stands in the first 54 bytes.
import { type ByteReader, joined, type Reading } from "../bytes/byte-reader.ts";
import { viewOf } from "../bytes/numbers.ts";
import { copyUpTo } from "../bytes/stripper.ts";
import { Damage } from "../damage.ts";
import { plainStill, type StoredFacts } from "../facts.ts";
import { type Bitmap, bitmapOf, coreBytes, fileHeaderBytes, isRaw, pixelsAt, rowBytes } from "./header.ts";

/** Where in the file the mask of alpha stands. */
const alphaMaskAt = fileHeaderBytes + 52;

export function* readBmp(reader: ByteReader, publish: (facts: StoredFacts) => void): Reading<StoredFacts> {
  const first = yield* reader.keep(30);
  const isCore = viewOf(first).getUint32(fileHeaderBytes, true) === coreBytes;
  const head = viewOf(isCore ? first : joined(first, yield* reader.take(4)));
  const bitmap = bitmapOf(new DataView(head.buffer, fileHeaderBytes));
  const { width, bits } = bitmap;
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
  const start = pixelsAt(head);
  const perRow = rowBytes(width, bits);
  // A JPEG or PNG inside, and runs: one byte of them at least.
  const isPlain = isRaw(bitmap);
  const end = start + (isPlain ? perRow * height : 1);
  yield* copyUpTo(reader, () => undefined, end);
  if (reader.position >= end) return facts;
  // Of a file that was cut off browsers show the rows that are there.
  if (!isPlain || reader.position < start + perRow) throw new Damage("the file ends too early");
  return { ...facts, damaged: true };
}

/** What is read already ends before the masks. Only what names its masks has one for alpha. */
function* hasAlphaMask(reader: ByteReader, { headerBytes, compression }: Bitmap): Reading<boolean> {
  if ((compression !== 3 && compression !== 6) || (headerBytes < 56 && compression !== 6)) return false;
  const ahead = alphaMaskAt - reader.position;
  const rest = yield* reader.peek(ahead + 4);
  return rest.length === ahead + 4 && viewOf(rest).getUint32(ahead, true) !== 0;
}
