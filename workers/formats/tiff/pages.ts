// A TIFF's directories as they stand in the file, found by small reads: they may stand anywhere.

import type { ReadRange } from "../bytes/source.ts";
import { Damage } from "../damage.ts";
import { directoryBytes, entriesAt, entriesIn, maxTags, placeAt, type TiffHeader } from "./directory.ts";

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
  { first, little, sizes }: TiffHeader,
): Promise<readonly Page[]> {
  const pages: Page[] = [];
  const seen = new Set<number>();
  for (let offset = first; offset !== 0 && !seen.has(offset); ) {
    seen.add(offset);
    if (seen.size > maxDirectories) throw new Damage("it has too many directories");
    const count = entriesAt(await readView(readRange, offset, sizes.count), 0, little, sizes);
    if (count > maxTags) throw new Damage("its directory is too large");
    const length = directoryBytes(count, sizes);
    const table = await readView(readRange, offset + sizes.count, length - sizes.count);
    const way = count * sizes.entry;
    const entries = [...entriesIn(new DataView(table.buffer, table.byteOffset, way), little, sizes)].map(
      ({ tag, type, count: values, unit = 1, pointer, inline }): PageEntry => ({
        tag,
        type,
        count: values,
        offset: unit * values > sizes.place ? pointer : offset + sizes.count + inline,
        length: unit * values,
        bytes: new Uint8Array(
          table.buffer,
          table.byteOffset + inline + sizes.place - sizes.entry,
          sizes.entry,
        ),
      }),
    );
    pages.push({ offset, entries, length });
    offset = placeAt(table, way, little, sizes);
  }
  return pages;
}

export async function readView(readRange: ReadRange, offset: number, length: number): Promise<DataView> {
  const bytes = await readRange(offset, length);
  if (bytes.length < length) throw new Damage("a directory reaches past the end");
  return new DataView(bytes.buffer, bytes.byteOffset, length);
}
