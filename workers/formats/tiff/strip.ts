// TIFF: passes what the pages' directories name as picture, and blanks all else. Offsets stay as they are.
import type { MetadataKept } from "../../../schema/hidden-metadata.ts";
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import type { ReadRange } from "../bytes/source.ts";
import { blankUpTo, copyUpTo, type Emit } from "../bytes/stripper.ts";
import { isImageTag } from "../exif/kept.ts";
import { directoryBytes, entryBytes, headerBytes, headerOf, tags, types } from "./directory.ts";
import { type Page, type PageEntry, readPages, readView } from "./pages.ts";
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
  const { little, first } = headerOf(await readView(readRange, 0, headerBytes));
  const isShown = ({ tag, length }: PageEntry) =>
    visibleTags.has(tag) ||
    (kept !== "none" && ownershipTags.has(tag)) ||
    (kept !== "none" && kept !== "copyright" && isImageTag(tag) && length <= 4_096);
  const all = await readPages(readRange, first, little);
  const pages = all.filter((page, index) => index === 0 || !isThumbnail(page, little));
  const pieces: Piece[] = [];
  for (const [index, page] of pages.entries()) {
    const entries = page.entries.filter(isShown);
    const bytes = tableOf(entries, pages[index + 1]?.offset ?? 0, little);
    pieces.push({ offset: page.offset, length: page.length, bytes });
    for (const { offset, length } of entries) if (length > 4) pieces.push({ offset, length, bytes: null });
    for (const extent of await pixelExtents(entries, readRange, little))
      pieces.push({ ...extent, bytes: null });
  }
  return pieces.toSorted((one, other) => one.offset - other.offset);
}

/** TIFF 6.0, section 8, "NewSubfileType": bit 0 is a version of another page with less resolution. */
function isThumbnail({ entries }: Page, little: boolean): boolean {
  return entries.some(({ tag, type, bytes }) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const value = type === types.short ? view.getUint16(8, little) : view.getUint32(8, little);
    return (tag === SUBFILE_TYPE && (value & 1) === 1) || (tag === OLD_SUBFILE_TYPE && value === 2);
  });
}

/** These entries, and the way to the next directory. */
function tableOf(entries: readonly PageEntry[], next: number, little: boolean): Uint8Array {
  const table = new Uint8Array(directoryBytes(entries.length));
  const view = new DataView(table.buffer);
  view.setUint16(0, entries.length, little);
  for (const [index, { bytes }] of entries.entries()) table.set(bytes, 2 + index * entryBytes);
  view.setUint32(table.length - 4, next, little);
  return table;
}

export function* stripTiff(reader: ByteReader, emit: Emit, pieces: readonly Piece[]): Reading<void> {
  const written = pieces.filter(({ bytes }) => bytes !== null);
  yield* copyUpTo(reader, emit, headerBytes);
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
