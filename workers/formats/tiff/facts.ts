// TIFF: jumps forward to the first directory; what would need a jump back stays unknown.
import { type ByteReader, Damage, type Reading } from "../bytes/byte-reader.ts";
import { toOrientation } from "../exif/read.ts";
import { plainStill, type StoredFacts } from "../facts.ts";

const tags = {
  width: 256,
  height: 257,
  bits: 258,
  photometric: 262,
  orientation: 274,
  samples: 277,
  extraSamples: 338,
  icc: 34_675,
} as const;

interface Entry {
  readonly count: number;
  /** The value itself where it fits in four bytes, otherwise where it stands. */
  readonly value: number;
}

type Directory = ReadonlyMap<number, Entry>;

/** The standard knows about a hundred; whole-slide scanners add some. */
const maxTags = 4_096;

/** A loop of directories cannot be walked forwards; a chain longer than this is no scan. */
const maxPages = 10_000;

export function* readTiff(reader: ByteReader, publish: (facts: StoredFacts) => void): Reading<StoredFacts> {
  const header = yield* reader.view(8);
  const little = header.getUint16(0) === 0x4949;
  const first = yield* readDirectory(reader, header.getUint32(4, little), little);
  const bits = first.entries.get(tags.bits);
  const outOfLine = bits !== undefined && bits.count > 2;
  const ahead = outOfLine && bits.value >= reader.position;
  let bitDepth: number | null = outOfLine ? null : (bits?.value ?? 1);
  if (ahead) {
    yield* reader.skip(bits.value - reader.position);
    bitDepth = (yield* reader.view(2)).getUint16(0, little);
  }
  const facts = toFacts(first.entries, bitDepth);
  publish({ ...facts, frames: first.next === 0 ? 1 : null });
  let frames: number | null = 1;
  let next = first.next;
  while (next !== 0 && frames < maxPages) {
    if (next < reader.position) return { ...facts, frames: null };
    next = (yield* readDirectory(reader, next, little)).next;
    frames++;
  }
  return { ...facts, frames };
}

function* readDirectory(
  reader: ByteReader,
  offset: number,
  little: boolean,
): Reading<{ entries: Directory; next: number }> {
  if (offset < reader.position) throw new Damage("its directory stands inside the header");
  yield* reader.skip(offset - reader.position);
  const count = (yield* reader.view(2)).getUint16(0, little);
  if (count > maxTags) throw new Damage("its directory is too large");
  const table = yield* reader.view(count * 12 + 4);
  const entries = new Map<number, Entry>();
  for (let at = 0; at < count * 12; at += 12) {
    const length = table.getUint32(at + 4, little);
    const isShort = table.getUint16(at + 2, little) === 3;
    const value = isShort && length <= 2 ? table.getUint16(at + 8, little) : table.getUint32(at + 8, little);
    entries.set(table.getUint16(at, little), { count: length, value });
  }
  return { entries, next: table.getUint32(count * 12, little) };
}

function toFacts(entries: Directory, bitDepth: number | null): StoredFacts {
  const value = (tag: number) => entries.get(tag)?.value ?? 0;
  const samples = entries.get(tags.samples)?.value ?? 1;
  const photometric = value(tags.photometric);
  return {
    ...plainStill,
    format: "tiff",
    width: value(tags.width),
    height: value(tags.height),
    orientation: toOrientation(value(tags.orientation)),
    alpha: entries.has(tags.extraSamples),
    bitDepth,
    colour: photometric <= 1 ? "gray" : photometric === 3 ? "palette" : photometric === 5 ? "cmyk" : "rgb",
    samplesPerPixel: samples,
    hasIcc: entries.has(tags.icc),
  };
}
