// A TIFF's directories as they stand in the file, found by small reads: they may stand anywhere.

import type { ReadRange } from "../bytes/source.ts";
import { Damage } from "../damage.ts";
import { directoryBytes, entriesIn, entryBytes, maxTags } from "./directory.ts";

const maxDirectories = 1_000;

export interface PageEntry {
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
  readonly entries: readonly PageEntry[];
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
    const entries = [...entriesIn(withoutWay(table), little)].map(
      ({ tag, type, count: values, unit = 1, pointer, inline }): PageEntry => ({
        tag,
        type,
        count: values,
        offset: unit * values > 4 ? pointer : offset + 2 + inline,
        length: unit * values,
        bytes: new Uint8Array(table.buffer, table.byteOffset + inline - 8, entryBytes),
      }),
    );
    pages.push({ offset, entries, length: directoryBytes(count) });
    offset = table.getUint32(count * entryBytes, little);
  }
  return pages;
}

/** The entries alone, without what leads to the next directory. */
const withoutWay = (table: DataView) => new DataView(table.buffer, table.byteOffset, table.byteLength - 4);

export async function readView(readRange: ReadRange, offset: number, length: number): Promise<DataView> {
  const bytes = await readRange(offset, length);
  if (bytes.length < length) throw new Damage("a directory reaches past the end");
  return new DataView(bytes.buffer, bytes.byteOffset, length);
}
