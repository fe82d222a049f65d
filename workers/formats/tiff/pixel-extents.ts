// Where a TIFF page's strips, tiles and JPEG tables lie.
import type { ReadRange } from "../bytes/source.ts";
import { numberBytes, numbersAt } from "./directory.ts";
import { type PageEntry, readView } from "./pages.ts";

export interface Extent {
  readonly offset: number;
  readonly length: number;
}

/** Tags of places, and of how many bytes there are at each; of old JPEG tables only the places are told. */
const places = [
  { at: 273, bytes: 279 },
  { at: 324, bytes: 325 },
  { at: 513, bytes: 514 },
] as const;
const jpegTables = [
  { at: 519, length: 64 },
  { at: 520, length: 33 },
  { at: 521, length: 178 },
] as const;

const isPlace = (tag: number) =>
  places.some(({ at, bytes }) => at === tag || bytes === tag) || jpegTables.some(({ at }) => at === tag);

/** A scan of 108 megapixels with a strip a row has 9,000. */
const maxPlaces = 100_000;
/** What a page with more of them says of itself: it passes as it is, rather than hold a list of millions. */
const everything: readonly Extent[] = [{ offset: 0, length: Number.POSITIVE_INFINITY }];

/** Sorted and joined where they touch. */
export async function pixelExtents(
  entries: readonly PageEntry[],
  readRange: ReadRange,
  little: boolean,
): Promise<readonly Extent[]> {
  if (entries.some(({ tag, count }) => isPlace(tag) && count > maxPlaces)) return everything;
  const numbers = async (tag: number) => {
    const entry = entries.find((one) => one.tag === tag);
    return entry ? readNumbers(entry, readRange, little) : [];
  };
  const found: Extent[] = [];
  for (const { at, bytes } of places) {
    const [offsets, lengths] = [await numbers(at), await numbers(bytes)];
    for (const [index, offset] of offsets.entries()) found.push({ offset, length: lengths[index] ?? 0 });
  }
  for (const { at, length } of jpegTables) {
    for (const offset of await numbers(at)) found.push({ offset, length });
  }
  return joined(found.toSorted((one, other) => one.offset - other.offset));
}

async function readNumbers(
  entry: PageEntry,
  readRange: ReadRange,
  little: boolean,
): Promise<readonly number[]> {
  const { type, offset, count } = entry;
  const view = await readView(readRange, offset, count * numberBytes(type));
  return numbersAt(view, 0, type, count, little);
}

function joined(extents: readonly Extent[]): readonly Extent[] {
  const result: Extent[] = [];
  for (const { offset, length } of extents) {
    const last = result.at(-1);
    if (last && offset <= last.offset + last.length) {
      const end = Math.max(last.offset + last.length, offset + length);
      result[result.length - 1] = { offset: last.offset, length: end - last.offset };
    } else result.push({ offset, length });
  }
  return result;
}
