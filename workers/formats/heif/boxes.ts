// Walks ISO BMFF boxes in memory, and the items and properties that a HEIF `meta` box describes. Refuses what runs out of bounds.
import { ascii } from "../bytes/ascii.ts";
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

const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

export function boxesIn(bytes: Uint8Array, start: number, end: number): Box[] {
  const boxes: Box[] = [];
  const data = view(bytes);
  for (let at = start; at + 8 <= end; ) {
    const short = data.getUint32(at);
    const headerLength = short === 1 ? 16 : 8;
    if (at + headerLength > end) throw new Damage("a box is cut off");
    const length = short === 0 ? end - at : short === 1 ? Number(data.getBigUint64(at + 8)) : short;
    if (length < headerLength || at + length > end) throw new Damage("a box reaches past its parent");
    boxes.push({ type: ascii(bytes, at + 4, at + 8), start: at + headerLength, end: at + length });
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
    this.#view = view(bytes);
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

/** ISO/IEC 14496-12, section 8.11.3. */
export function readLocations(bytes: Uint8Array, box: Box): ItemLocation[] {
  const fields = new Fields(bytes, box);
  const version = fields.uint(4) >>> 24;
  const sizes = fields.uint(2);
  const [offsetSize, lengthSize, baseSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const indexSize = version === 0 ? 0 : sizes & 15;
  const count = fields.uint(version < 2 ? 2 : 4);
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
  return entries.flatMap((entry) => {
    const version = bytes[entry.start] ?? 0;
    if (entry.type !== "infe" || version < 2) return [];
    const fields = new Fields(bytes, entry);
    fields.uint(4);
    const id = fields.uint(version === 2 ? 2 : 4);
    fields.uint(2);
    return [
      { id, type: String.fromCharCode(fields.uint(1), fields.uint(1), fields.uint(1), fields.uint(1)) },
    ];
  });
}

/** Positions of an item's properties in `ipco`, from 1, in the order in which they apply. */
export function readAssociations(bytes: Uint8Array, box: Box, itemId: number): readonly number[] {
  return readAllAssociations(bytes, box).get(itemId) ?? [];
}

/** The same of every item; of two entries for one item the first counts. ISO/IEC 23008-12, section 9.3. */
export function readAllAssociations(bytes: Uint8Array, box: Box): ReadonlyMap<number, readonly number[]> {
  const fields = new Fields(bytes, box);
  const head = fields.uint(4);
  const count = fields.uint(4);
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
