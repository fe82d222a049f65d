// The numbers and blobs of a TIFF's first directory, wherever they stand in the file: found by small reads.
import { viewOf } from "../bytes/numbers.ts";
import type { ReadRange } from "../bytes/source.ts";
import { Damage } from "../damage.ts";
import {
  bigSizes,
  type Directory,
  directoryBytes,
  entriesAt,
  headerBytes,
  headerOf,
  isNumber,
  maxTags,
  numberBytes,
  numbersAt,
  readEntries,
  sizeIn,
  type TiffHeader,
} from "./directory.ts";
import { readView } from "./pages.ts";

/** Press profiles have some megabytes, at most. */
const maxBlobBytes = 4_194_304;

export class Values {
  readonly header: TiffHeader;
  readonly entries: Directory;
  readonly #table: DataView;
  readonly #readRange: ReadRange;

  constructor(header: TiffHeader, table: DataView, readRange: ReadRange) {
    this.header = header;
    this.entries = readEntries(table, header.little, header.sizes);
    this.#table = table;
    this.#readRange = readRange;
  }

  has(tag: number): boolean {
    return this.entries.has(tag);
  }

  /** Of a size, which must be a plain number. */
  size(tag: number, otherwise: number): number {
    return sizeIn(this.entries, tag, otherwise);
  }

  /** The first number. */
  first(tag: number, otherwise: number): number {
    return this.entries.get(tag)?.value ?? otherwise;
  }

  /** All of them; none where the tag is not there. */
  async numbers(tag: number, most: number): Promise<readonly number[]> {
    const entry = this.entries.get(tag);
    if (!entry) return [];
    const { type, count, value, inline } = entry;
    const { little, sizes } = this.header;
    if (!isNumber(type)) throw new Damage("a list in it holds no plain numbers");
    if (count > most) throw new Damage("a list in it is too long");
    const length = count * numberBytes(type);
    return length <= sizes.place
      ? numbersAt(this.#table, inline, type, count, little)
      : numbersAt(await readView(this.#readRange, value, length), 0, type, count, little);
  }

  /** Bytes that stand elsewhere in the file; null where they are not there, or beyond all measure. */
  async bytes(tag: number): Promise<Uint8Array | null> {
    const { count, value } = this.entries.get(tag) ?? { count: 0, value: 0 };
    if (count <= this.header.sizes.place || count > maxBlobBytes) return null;
    const bytes = await this.#readRange(value, count);
    return bytes.length < count ? null : bytes;
  }

  /** Pairs of four bytes each, divided; null unless there are so many. */
  async fractions(tag: number, many: number): Promise<readonly number[] | null> {
    const { count, value } = this.entries.get(tag) ?? { count: 0, value: 0 };
    if (count !== many) return null;
    const view = await readView(this.#readRange, value, many * 8);
    const { little } = this.header;
    return Array.from(
      { length: many },
      (_, index) => view.getUint32(index * 8, little) / view.getUint32(index * 8 + 4, little),
    );
  }
}

/** Throws `Damage` where there is no directory. */
export async function firstPage(readRange: ReadRange): Promise<Values> {
  const start = await readRange(0, bigSizes.header);
  if (start.length < headerBytes) throw new Damage("the file ends too early");
  const header = headerOf(viewOf(start));
  const { little, first, sizes } = header;
  const count = entriesAt(await readView(readRange, first, sizes.count), 0, little, sizes);
  if (count === 0 || count > maxTags) throw new Damage("its directory is damaged");
  const length = directoryBytes(count, sizes) - sizes.count - sizes.place;
  return new Values(header, await readView(readRange, first + sizes.count, length), readRange);
}
