// ICO: a directory of pictures, of which the largest counts.
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { Damage } from "../damage.ts";
import { plainStill, type StoredFacts } from "../facts.ts";

const entryBytes = 16;

export function* readIco(reader: ByteReader, publish: (facts: StoredFacts) => void): Reading<StoredFacts> {
  const count = (yield* reader.view(6)).getUint16(4, true);
  const directory = yield* reader.view(count * entryBytes);
  // 0 stands for 256.
  const side = (at: number) => directory.getUint8(at) || 256;
  let largest = 0;
  let end = 0;
  for (let at = 0; at < count * entryBytes; at += entryBytes) {
    if (side(at) * side(at + 1) > side(largest) * side(largest + 1)) largest = at;
    const offset = directory.getUint32(at + 12, true);
    if (offset < 6 + count * entryBytes) throw new Damage("a picture stands inside the directory");
    end = Math.max(end, offset + directory.getUint32(at + 8, true));
  }
  const facts: StoredFacts = {
    ...plainStill,
    format: "ico",
    width: side(largest),
    height: side(largest + 1),
    alpha: true,
    samplesPerPixel: 4,
  };
  publish(facts);
  yield* reader.skip(Math.max(0, end - reader.position));
  return facts;
}
