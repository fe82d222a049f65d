// Walks ISO BMFF boxes in memory, and the items and properties that a HEIF `meta` box describes. Refuses what runs out of bounds.
import { ascii, lettersOf } from "../bytes/ascii.ts";
import { type ByteReader, joined, type Reading } from "../bytes/byte-reader.ts";
import { viewOf } from "../bytes/numbers.ts";
import { maxFurtherExtents, maxItems } from "../bytes/pieces.ts";
import { Damage } from "../damage.ts";

export interface Box {
  readonly type: string;
  /** Where its body starts and ends in the buffer. */
  readonly start: number;
  readonly end: number;
}

export interface Extent {
  /** In the file, or in `idat` where the method says so. */
  readonly offset: number;
  readonly length: number;
}

export interface ItemLocation {
  readonly id: number;
  /** 0: offsets in the file; 1: offsets in idat; 2: in another item. */
  readonly method: number;
  readonly extents: readonly Extent[];
}

export interface Item {
  readonly id: number;
  readonly type: string;
}

/** The name of a box that readers skip. */
export const freeName = lettersOf("free");

export interface BoxHead {
  readonly type: string;
  /** 16 where the length has 64 bits. */
  readonly headBytes: number;
  /** Of the whole box; endless where it reaches to the end of the file. */
  readonly length: number;
}

/** The head at `at` (ISO/IEC 14496-12, section 4.2); null where it is cut off. */
export function headAt(bytes: Uint8Array, at = 0, end = bytes.length): BoxHead | null {
  if (at + 8 > end) return null;
  const data = viewOf(bytes);
  const short = data.getUint32(at);
  const headBytes = short === 1 ? 16 : 8;
  if (at + headBytes > end) return null;
  const told = short === 1 ? Number(data.getBigUint64(at + 8)) : short;
  const length = short === 0 ? Number.POSITIVE_INFINITY : told;
  return { type: ascii(bytes, at + 4, at + 8), headBytes, length };
}

/** The same of a file that streams by; `bytes` is the head as it stands there, and no one else's. */
export function* readHead(reader: ByteReader): Reading<BoxHead & { readonly bytes: Uint8Array }> {
  const short = yield* reader.keep(8);
  const isLarge = viewOf(short).getUint32(0) === 1;
  const bytes = isLarge ? joined(short, yield* reader.take(8)) : short;
  const head = headAt(bytes);
  if (!head || head.length < head.headBytes) throw new Damage("a box is shorter than its header");
  return { ...head, bytes };
}

export function boxesIn(bytes: Uint8Array, start: number, end: number): Box[] {
  const boxes: Box[] = [];
  for (let at = start; at + 8 <= end; ) {
    const head = headAt(bytes, at, end);
    if (!head) throw new Damage("a box is cut off");
    const { type, headBytes } = head;
    const length = head.length === Number.POSITIVE_INFINITY ? end - at : head.length;
    if (length < headBytes || at + length > end) throw new Damage("a box reaches past its parent");
    boxes.push({ type, start: at + headBytes, end: at + length });
    at += length;
  }
  return boxes;
}

/** Reads numbers one after another and refuses to leave the box. */
class Fields {
  readonly #view: DataView;
  #at: number;
  readonly #end: number;

  constructor(bytes: Uint8Array, { start, end }: Box) {
    this.#view = viewOf(bytes);
    this.#at = start;
    this.#end = end;
  }

  /** Big-endian, 0 to 8 bytes; HEIF has fields of size 0. */
  uint(size: number): number {
    if (this.#at + size > this.#end) throw new Damage("a box is too short for its fields");
    let value = 0;
    for (let index = 0; index < size; index++) value = value * 256 + this.#view.getUint8(this.#at++);
    return value;
  }

  get left(): number {
    return this.#end - this.#at;
  }
}

function refuseMore(items: number): void {
  if (items > maxItems) throw new Damage("it has more items than any picture");
}

/** ISO/IEC 14496-12, section 8.11.3. */
export function readLocations(bytes: Uint8Array, box: Box): ItemLocation[] {
  const fields = new Fields(bytes, box);
  const version = fields.uint(4) >>> 24;
  const sizes = fields.uint(2);
  const [offsetSize, lengthSize, baseSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const indexSize = version === 0 ? 0 : sizes & 15;
  const count = fields.uint(version < 2 ? 2 : 4);
  refuseMore(count);
  let furtherExtents = 0;
  const locations: ItemLocation[] = [];
  const seen = new Set<number>();
  for (let item = 0; item < count; item++) {
    const id = fields.uint(version < 2 ? 2 : 4);
    // Readers differ in which of two places they believe.
    if (seen.has(id)) throw new Damage("an item stands in two places");
    seen.add(id);
    const method = version === 0 ? 0 : fields.uint(2) & 15;
    fields.uint(2);
    const base = fields.uint(baseSize);
    const extentCount = fields.uint(2);
    furtherExtents += Math.max(0, extentCount - 1);
    if (furtherExtents > maxFurtherExtents)
      throw new Damage("its items lie in more pieces than any picture's");
    const extents: Extent[] = [];
    // Fields of size zero would let a few bytes announce endless extents.
    if (extentCount > 1 && offsetSize + lengthSize + indexSize === 0)
      throw new Damage("its extents have no size");
    for (let extent = 0; extent < extentCount; extent++) {
      fields.uint(indexSize);
      extents.push({ offset: base + fields.uint(offsetSize), length: fields.uint(lengthSize) });
    }
    locations.push({ id, method, extents });
  }
  return locations;
}

/** ISO/IEC 14496-12, section 8.11.6; only entries of version 2 and 3 have a type, and HEIF has no others. */
export function readItems(bytes: Uint8Array, box: Box): Item[] {
  const wide = bytes[box.start] !== 0;
  const entries = boxesIn(bytes, box.start + (wide ? 8 : 6), box.end);
  refuseMore(entries.length);
  return entries.flatMap((entry) => {
    const version = bytes[entry.start] ?? 0;
    if (entry.type !== "infe" || version < 2) return [];
    const fields = new Fields(bytes, entry);
    fields.uint(4);
    const id = fields.uint(version === 2 ? 2 : 4);
    fields.uint(2);
    return [
      { id, type: ascii(Uint8Array.of(fields.uint(1), fields.uint(1), fields.uint(1), fields.uint(1))) },
    ];
  });
}

/** Positions of every item's properties in `ipco`, from 1, in the order in which they apply; of two entries for one item the first counts. ISO/IEC 23008-12, section 9.3. */
export function readAllAssociations(bytes: Uint8Array, box: Box): ReadonlyMap<number, readonly number[]> {
  const fields = new Fields(bytes, box);
  const head = fields.uint(4);
  const count = fields.uint(4);
  refuseMore(count);
  const all = new Map<number, readonly number[]>();
  for (let entry = 0; entry < count; entry++) {
    const id = fields.uint(head >>> 24 === 0 ? 2 : 4);
    const places = Array.from({ length: fields.uint(1) }, () =>
      head & 1 ? fields.uint(2) & 0x7fff : fields.uint(1) & 0x7f,
    );
    if (!all.has(id)) all.set(id, places);
  }
  return all;
}

export interface Reference {
  readonly type: string;
  readonly from: number;
  readonly to: readonly number[];
}

/** ISO/IEC 14496-12, section 8.11.12. */
export function readReferences(bytes: Uint8Array, box: Box): Reference[] {
  const wide = bytes[box.start] === 0 ? 2 : 4;
  return boxesIn(bytes, box.start + 4, box.end).map((entry) => {
    const fields = new Fields(bytes, entry);
    const from = fields.uint(wide);
    const count = fields.uint(2);
    return { type: entry.type, from, to: Array.from({ length: count }, () => fields.uint(wide)) };
  });
}

export function readPrimaryItem(bytes: Uint8Array, box: Box): number {
  const fields = new Fields(bytes, box);
  return fields.uint(4) >>> 24 === 0 ? fields.uint(2) : fields.uint(4);
}
