// TIFF: keeps the tags that decide what is seen, overwrites all others and what they point to. Offsets and sizes stay as they are.
import type { MetadataKept } from "../../../schema/hidden-metadata.ts";
import { type ByteReader, Damage, type Reading } from "../bytes/byte-reader.ts";
import { copy, type Emit, emitZeros } from "../bytes/stripper.ts";
import type { ReadRange } from "../heif/strip-ahead.ts";

/** What to write over the original: `bytes` first, then zeros up to `length`. */
export interface Edit {
  readonly offset: number;
  readonly length: number;
  readonly bytes: Uint8Array;
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
const ownershipTags: ReadonlySet<number> = new Set([315, 33_432]);
/** EXIF, GPS and interoperability directories hang on these. */
const directoryTags: ReadonlySet<number> = new Set([34_665, 34_853, 40_965]);

/** Bytes of one value, by type code. */
const valueBytes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4] as const;
const maxTags = 4_096;
const maxDirectories = 1_000;
const nothing = new Uint8Array(0);

/** Directories may stand anywhere, so they are found by small reads before the file is streamed. Sorted by offset. */
export async function findTiffEdits(readRange: ReadRange, kept: MetadataKept): Promise<readonly Edit[]> {
  const header = await readView(readRange, 0, 8);
  const little = header.getUint16(0) === 0x4949;
  const edits: Edit[] = [];
  const seen = new Set<number>();

  async function visit(offset: number, isHidden: boolean): Promise<number> {
    if (seen.has(offset)) return 0;
    seen.add(offset);
    if (seen.size > maxDirectories) throw new Damage("it has too many directories");
    const count = (await readView(readRange, offset, 2)).getUint16(0, little);
    if (count > maxTags) throw new Damage("its directory is too large");
    const table = await readView(readRange, offset + 2, count * 12 + 4);
    const shown: number[] = [];
    for (let at = 0; at < count * 12; at += 12) {
      const tag = table.getUint16(at, little);
      if (!isHidden && (visibleTags.has(tag) || (kept !== "none" && ownershipTags.has(tag)))) {
        shown.push(at);
        continue;
      }
      const length = (valueBytes[table.getUint16(at + 2, little)] ?? 1) * table.getUint32(at + 4, little);
      const value = table.getUint32(at + 8, little);
      if (directoryTags.has(tag)) await visit(value, true);
      else if (length > 4) edits.push({ offset: value, length, bytes: nothing });
    }
    const next = table.getUint32(count * 12, little);
    const length = 2 + count * 12 + 4;
    edits.push({ offset, length, bytes: isHidden ? nothing : directory(table, shown, next, little) });
    return isHidden ? 0 : next;
  }

  for (let next = header.getUint32(4, little); next !== 0; ) next = await visit(next, false);
  return edits.toSorted((one, other) => one.offset - other.offset);
}

/** The entries at these places of the old table, and the way to the next directory. */
function directory(table: DataView, places: readonly number[], next: number, little: boolean): Uint8Array {
  const bytes = new Uint8Array(2 + places.length * 12 + 4);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, places.length, little);
  places.forEach((place, index) => {
    bytes.set(new Uint8Array(table.buffer, table.byteOffset + place, 12), 2 + index * 12);
  });
  view.setUint32(bytes.length - 4, next, little);
  return bytes;
}

export function* stripTiff(reader: ByteReader, emit: Emit, edits: readonly Edit[]): Reading<void> {
  for (const { offset, length, bytes } of edits) {
    const start = Math.max(offset, reader.position);
    const end = offset + length;
    if (end <= start) continue;
    yield* copy(reader, emit, start - reader.position);
    yield* reader.skip(end - start);
    const written = bytes.subarray(start - offset);
    emit(written);
    emitZeros(emit, end - start - written.length);
  }
  for (let rest = yield* reader.rest(); rest !== null; rest = yield* reader.rest()) emit(rest);
}

async function readView(readRange: ReadRange, offset: number, length: number): Promise<DataView> {
  const bytes = await readRange(offset, length);
  if (bytes.length < length) throw new Damage("a directory reaches past the end");
  return new DataView(bytes.buffer, bytes.byteOffset, length);
}
