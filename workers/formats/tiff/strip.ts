// TIFF: passes what the pages' directories name as picture, and blanks all else. Offsets stay as they are.
import type { MetadataKept } from "../../../schema/hidden-metadata.ts";
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { viewOf } from "../bytes/numbers.ts";
import type { ReadRange } from "../bytes/source.ts";
import { blankUpTo, copyUpTo, type Emit } from "../bytes/stripper.ts";
import { Damage } from "../damage.ts";
import { isImageTag } from "../exif/kept.ts";
import {
  bigSizes,
  directoryBytes,
  headerBytes,
  headerOf,
  type TiffHeader,
  tags,
  types,
} from "./directory.ts";
import { type Page, type PageEntry, readPages } from "./pages.ts";
import { pixelExtents } from "./pixel-extents.ts";

/** What of the file passes: as it is, or with other bytes in its place. */
export interface Piece {
  readonly offset: number;
  readonly length: number;
  readonly bytes: Uint8Array | null;
}

/** TIFF 6.0, its supplements for JPEG and tiles, and ICC: size, coding, place of the pixels, colour, orientation. */
const visibleTags: ReadonlySet<number> = new Set([
  ...[
    254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283, 284,
  ],
  ...[
    290, 291, 292, 293, 296, 297, 301, 317, 318, 319, 320, 321, 322, 323, 324, 325, 332, 334, 336, 338, 339,
  ],
  ...[340, 341, 347, 512, 513, 514, 515, 517, 518, 519, 520, 521, 529, 530, 531, 532, 34_675],
]);
const ownershipTags: ReadonlySet<number> = new Set([tags.artist, tags.copyright]);
const SUBFILE_TYPE = 254;
const OLD_SUBFILE_TYPE = 255;

/** Directories may stand anywhere, so they are found by small reads before the file is streamed. Sorted by offset. */
export async function findTiffPieces(readRange: ReadRange, kept: MetadataKept): Promise<readonly Piece[]> {
  const header = await readHeader(readRange);
  const { little, sizes } = header;
  const isShown = ({ tag, length }: PageEntry) =>
    visibleTags.has(tag) ||
    (kept !== "none" && ownershipTags.has(tag)) ||
    (kept !== "none" && kept !== "copyright" && isImageTag(tag) && length <= 4_096);
  const all = await readPages(readRange, header);
  const pages = all.filter((page, index) => index === 0 || !isThumbnail(page, header));
  const pieces: Piece[] = [{ offset: 0, length: sizes.header, bytes: null }];
  for (const [index, page] of pages.entries()) {
    const entries = page.entries.filter(isShown);
    const bytes = tableOf(entries, pages[index + 1]?.offset ?? 0, header);
    pieces.push({ offset: page.offset, length: page.length, bytes });
    for (const { offset, length } of entries)
      if (length > sizes.place) pieces.push({ offset, length, bytes: null });
    for (const extent of await pixelExtents(entries, readRange, little))
      pieces.push({ ...extent, bytes: null });
  }
  return pieces.toSorted((one, other) => one.offset - other.offset);
}

/** BigTIFF's is longer, and no BigTIFF is as short as a classic one can be. */
async function readHeader(readRange: ReadRange): Promise<TiffHeader> {
  const start = await readRange(0, bigSizes.header);
  if (start.length < headerBytes) throw new Damage("a directory reaches past the end");
  return headerOf(viewOf(start));
}

/** TIFF 6.0, section 8, "NewSubfileType": bit 0 is a version of another page with less resolution. */
function isThumbnail({ entries }: Page, { little, sizes }: TiffHeader): boolean {
  return entries.some(({ tag, type, bytes }) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const at = sizes.entry - sizes.place;
    const value = type === types.short ? view.getUint16(at, little) : view.getUint32(at, little);
    return (tag === SUBFILE_TYPE && (value & 1) === 1) || (tag === OLD_SUBFILE_TYPE && value === 2);
  });
}

/** These entries, and the way to the next directory. */
function tableOf(entries: readonly PageEntry[], next: number, { little, sizes }: TiffHeader): Uint8Array {
  const table = new Uint8Array(directoryBytes(entries.length, sizes));
  const view = new DataView(table.buffer);
  putNumber(view, 0, entries.length, sizes.count, little);
  for (const [index, { bytes }] of entries.entries()) table.set(bytes, sizes.count + index * sizes.entry);
  putNumber(view, table.length - sizes.place, next, sizes.place, little);
  return table;
}

/** Of two, four or eight bytes. */
function putNumber(view: DataView, at: number, value: number, bytes: number, little: boolean): void {
  if (bytes === 8) view.setBigUint64(at, BigInt(value), little);
  else if (bytes === 4) view.setUint32(at, value, little);
  else view.setUint16(at, value, little);
}

export function* stripTiff(reader: ByteReader, emit: Emit, pieces: readonly Piece[]): Reading<void> {
  const written = pieces.filter(({ bytes }) => bytes !== null);
  for (const { offset, length, bytes } of pieces) {
    const end = offset + length;
    if (end <= reader.position) continue;
    yield* blankUpTo(reader, emit, offset);
    if (bytes === null) {
      // Where a page's directory lies in the way, as in files that claim it to be their pixels, it is written all the same.
      const next = written.find((one) => one.offset >= reader.position && one.offset < end);
      yield* copyUpTo(reader, emit, next?.offset ?? end);
    } else if (reader.position === offset) {
      yield* reader.skip(length);
      emit(bytes);
      emit(new Uint8Array(length - bytes.length));
    } else yield* blankUpTo(reader, emit, end);
  }
}
