// TIFF: jumps forward to the first directory; what would need a jump back stays unknown.
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { Damage } from "../damage.ts";
import { toOrientation } from "../exif/read.ts";
import { type CodedSize, plainStill, type StoredFacts } from "../facts.ts";
import {
  type Directory,
  entryBytes,
  headerBytes,
  headerOf,
  maxTags,
  readEntries,
  sizeIn,
  tags,
} from "./directory.ts";

/** A loop of directories cannot be walked forwards; a chain longer than this is no scan. */
const maxPages = 10_000;

export function* readTiff(reader: ByteReader, publish: (facts: StoredFacts) => void): Reading<StoredFacts> {
  const { little, first: offset } = headerOf(yield* reader.view(headerBytes));
  const first = yield* readTable(reader, offset, little);
  const entries = readEntries(first.table, little);
  const bits = entries.get(tags.bits);
  const outOfLine = bits !== undefined && bits.count > 2;
  const ahead = outOfLine && bits.value >= reader.position;
  let bitDepth: number | null = outOfLine ? null : (bits?.value ?? 1);
  if (ahead) {
    yield* reader.skip(bits.value - reader.position);
    bitDepth = (yield* reader.view(2)).getUint16(0, little);
  }
  const facts = toFacts(entries, bitDepth);
  publish({ ...facts, frames: first.next === 0 ? 1 : null });
  let frames: number | null = 1;
  let next = first.next;
  while (next !== 0 && frames < maxPages) {
    if (next < reader.position) return { ...facts, frames: null };
    next = (yield* readTable(reader, next, little)).next;
    frames++;
  }
  return { ...facts, frames };
}

/** The table's bytes are valid until the next read. */
function* readTable(
  reader: ByteReader,
  offset: number,
  little: boolean,
): Reading<{ table: DataView; next: number }> {
  if (offset < reader.position) throw new Damage("its directory stands inside the header");
  yield* reader.skip(offset - reader.position);
  const count = (yield* reader.view(2)).getUint16(0, little);
  if (count > maxTags) throw new Damage("its directory is too large");
  const table = yield* reader.view(count * entryBytes + 4);
  return { table, next: table.getUint32(count * entryBytes, little) };
}

export function toFacts(entries: Directory, bitDepth: number | null): StoredFacts {
  const value = (tag: number) => entries.get(tag)?.value ?? 0;
  const photometric = value(tags.photometric);
  const width = sizeIn(entries, tags.width, 0);
  const height = sizeIn(entries, tags.height, 0);
  return {
    ...plainStill,
    format: "tiff",
    width,
    height,
    orientation: toOrientation(value(tags.orientation)),
    alpha: entries.has(tags.extraSamples),
    bitDepth,
    colour: photometric <= 1 ? "gray" : photometric === 3 ? "palette" : photometric === 5 ? "cmyk" : "rgb",
    samplesPerPixel: Math.max(1, sizeIn(entries, tags.samples, 1), entries.get(tags.bits)?.count ?? 1),
    hasIcc: entries.has(tags.icc),
    coded: tilesOf(entries, width, height),
  };
}

/** A decoder holds a tile beside the picture, however small the picture is. */
function tilesOf(entries: Directory, width: number, height: number): CodedSize | null {
  const tile = { width: sizeIn(entries, tags.tileWidth, 0), height: sizeIn(entries, tags.tileHeight, 0) };
  const pixels = tile.width * tile.height;
  return pixels === 0 ? null : { ...tile, pixels: Math.max(width * height, 2 * pixels) };
}
