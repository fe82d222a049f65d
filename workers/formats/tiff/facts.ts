// TIFF: jumps forward to the first directory; what would need a jump back stays unknown.
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { viewOf } from "../bytes/numbers.ts";
import { Damage } from "../damage.ts";
import { toOrientation } from "../exif/read.ts";
import { type CodedSize, plainStill, type StoredFacts } from "../facts.ts";
import { colourSamples, hasAlpha, isJpeg, photometrics } from "./colours.ts";
import {
  bigSizes,
  type Directory,
  directoryBytes,
  entriesAt,
  headerBytes,
  headerOf,
  maxTags,
  placeAt,
  readEntries,
  type Sizes,
  sizeIn,
  type TiffHeader,
  tags,
} from "./directory.ts";

/** A loop of directories cannot be walked forwards; a chain longer than this is no scan. */
const maxPages = 10_000;

export function* readTiff(reader: ByteReader, publish: (facts: StoredFacts) => void): Reading<StoredFacts> {
  const { little, first: offset, sizes } = yield* readHeader(reader);
  const first = yield* readTable(reader, offset, little, sizes);
  const entries = readEntries(first.table, little, sizes);
  const bits = entries.get(tags.bits);
  const outOfLine = bits !== undefined && bits.count * 2 > sizes.place;
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
    next = (yield* readTable(reader, next, little, sizes)).next;
    frames++;
  }
  return { ...facts, frames };
}

function* readHeader(reader: ByteReader): Reading<TiffHeader> {
  const start = viewOf(yield* reader.peek(bigSizes.header));
  if (start.byteLength < headerBytes) throw new Damage("the file ends too early");
  const header = headerOf(start);
  yield* reader.skip(header.sizes.header);
  return header;
}

/** The table's bytes are valid until the next read. */
function* readTable(
  reader: ByteReader,
  offset: number,
  little: boolean,
  sizes: Sizes,
): Reading<{ table: DataView; next: number }> {
  if (offset < reader.position) throw new Damage("its directory stands inside the header");
  yield* reader.skip(offset - reader.position);
  const count = entriesAt(yield* reader.view(sizes.count), 0, little, sizes);
  if (count > maxTags) throw new Damage("its directory is too large");
  const table = yield* reader.view(directoryBytes(count, sizes) - sizes.count);
  return { table, next: placeAt(table, count * sizes.entry, little, sizes) };
}

function toFacts(entries: Directory, bitDepth: number | null): StoredFacts {
  const value = (tag: number) => entries.get(tag)?.value ?? 0;
  const photometric = value(tags.photometric);
  const width = sizeIn(entries, tags.width, 0);
  const height = sizeIn(entries, tags.height, 0);
  const compression = entries.get(tags.compression)?.value ?? 1;
  const coded = heldAtOnce(entries, compression, width, height);
  const samples = Math.max(1, sizeIn(entries, tags.samples, 1), entries.get(tags.bits)?.count ?? 1);
  return {
    ...plainStill,
    format: "tiff",
    width,
    height,
    orientation: toOrientation(value(tags.orientation)),
    alpha: hasAlpha(samples, photometric, entries.get(tags.extraSamples)),
    bitDepth,
    colour: colourOf(photometric),
    samplesPerPixel: samples,
    hasIcc: entries.has(tags.icc),
    coded,
    pieces: coded && isJpeg(compression) ? piecesOf(coded, width, height) : 0,
  };
}

/** JPEGs are small files, each with a beginning and an end of its own. */
const piecesOf = (coded: CodedSize, width: number, height: number) =>
  Math.ceil(width / coded.width) * Math.ceil(height / coded.height);

function colourOf(photometric: number): StoredFacts["colour"] {
  if (photometric === photometrics.palette) return "palette";
  if (photometric === photometrics.inks) return "cmyk";
  return colourSamples(photometric) === 1 ? "gray" : "rgb";
}

/** Rows stream out of a strip, but a tile stands whole, and so does a JPEG that is one strip of several. */
function heldAtOnce(
  entries: Directory,
  compression: number,
  width: number,
  height: number,
): CodedSize | null {
  const tile = { width: sizeIn(entries, tags.tileWidth, 0), height: sizeIn(entries, tags.tileHeight, 0) };
  if (tile.width * tile.height > 0)
    return { ...tile, pixels: Math.max(width * height, 2 * tile.width * tile.height) };
  const stripHeight = sizeIn(entries, tags.rowsPerStrip, height);
  if (!isJpeg(compression) || stripHeight >= height || stripHeight === 0) return null;
  return { width, height: stripHeight, pixels: width * height };
}
