// ICO: a directory of pictures, of which the largest counts.
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { Damage } from "../damage.ts";
import { plainStill, type StoredFacts } from "../facts.ts";
import { entriesOf, entriesTold, entryBytes, headerBytes, largestOf } from "./directory.ts";

export function* readIco(reader: ByteReader, publish: (facts: StoredFacts) => void): Reading<StoredFacts> {
  const count = entriesTold(yield* reader.view(headerBytes));
  const entries = entriesOf(yield* reader.take(count * entryBytes));
  const largest = largestOf(entries);
  if (!largest) throw new Damage("it holds no picture");
  if (entries.some(({ offset }) => offset < headerBytes + count * entryBytes))
    throw new Damage("a picture stands inside the directory");
  const end = entries.reduce((last, { offset, length }) => Math.max(last, offset + length), 0);
  const facts: StoredFacts = {
    ...plainStill,
    format: "ico",
    width: largest.width,
    height: largest.height,
    alpha: true,
    samplesPerPixel: 4,
  };
  publish(facts);
  yield* reader.skip(Math.max(0, end - reader.position));
  return facts;
}
