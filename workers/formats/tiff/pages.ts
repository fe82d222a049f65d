// A TIFF's directories as they stand in the file, found by small reads: they may stand anywhere.
import { Damage } from "../damage.ts";
import type { ReadRange } from "../heif/strip-ahead.ts";

export const entryBytes = 12;
/** Bytes of one value, by type code. */
const valueBytes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4] as const;
const maxTags = 4_096;
const maxDirectories = 1_000;

export interface Entry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** Where its values stand. */
  readonly offset: number;
  readonly length: number;
  /** As it stands in the table. */
  readonly bytes: Uint8Array;
}

export interface Page {
  readonly offset: number;
  readonly entries: readonly Entry[];
  /** Of the whole table with its count and the way to the next. */
  readonly length: number;
}

/** In the order of their chain. */
export async function readPages(
  readRange: ReadRange,
  first: number,
  little: boolean,
): Promise<readonly Page[]> {
  const pages: Page[] = [];
  const seen = new Set<number>();
  for (let offset = first; offset !== 0 && !seen.has(offset); ) {
    seen.add(offset);
    if (seen.size > maxDirectories) throw new Damage("it has too many directories");
    const count = (await readView(readRange, offset, 2)).getUint16(0, little);
    if (count > maxTags) throw new Damage("its directory is too large");
    const table = await readView(readRange, offset + 2, count * entryBytes + 4);
    const entries = Array.from({ length: count }, (_, index): Entry => {
      const at = index * entryBytes;
      const type = table.getUint16(at + 2, little);
      const values = table.getUint32(at + 4, little);
      const length = (valueBytes[type] ?? 1) * values;
      const inline = offset + 2 + at + 8;
      return {
        tag: table.getUint16(at, little),
        type,
        count: values,
        offset: length > 4 ? table.getUint32(at + 8, little) : inline,
        length,
        bytes: new Uint8Array(table.buffer, table.byteOffset + at, entryBytes),
      };
    });
    pages.push({ offset, entries, length: 2 + count * entryBytes + 4 });
    offset = table.getUint32(count * entryBytes, little);
  }
  return pages;
}

export async function readView(readRange: ReadRange, offset: number, length: number): Promise<DataView> {
  const bytes = await readRange(offset, length);
  if (bytes.length < length) throw new Damage("a directory reaches past the end");
  return new DataView(bytes.buffer, bytes.byteOffset, length);
}
