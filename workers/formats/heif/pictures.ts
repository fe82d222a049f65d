// Which items of an AVIF or HEIC a decoder turns into pixels: the primary one, what it is made of, and its alpha.
import { Damage } from "../damage.ts";
import {
  type Box,
  boxesIn,
  type ItemLocation,
  readItems,
  readLocations,
  readPrimaryItem,
  readReferences,
} from "./boxes.ts";
import { isAlphaType, only, readProperties } from "./properties.ts";

export interface PictureItem extends ItemLocation {
  readonly type: string;
  /** What is shown through it, not the colours themselves. */
  readonly isAlpha: boolean;
  readonly properties: readonly Box[];
}

/** 200 megapixels in tiles of 512 are 762; a file that needs more is none that a camera made. */
const maxItems = 4_096;

/** `meta` is the box's body. */
export function pictureItems(meta: Uint8Array): PictureItem[] {
  const boxes = boxesIn(meta, 4, meta.length);
  const find = (type: string) => only(boxes, type);
  const [information, location, main] = [find("iinf"), find("iloc"), find("pitm")];
  if (!information || !location || !main) return [];
  const types = new Map(readItems(meta, information).map(({ id, type }) => [id, type]));
  const locations = new Map(readLocations(meta, location).map((one) => [one.id, one]));
  const relations = find("iref");
  const references = relations ? readReferences(meta, relations) : [];
  const parts = grouped(references.filter(({ type }) => type === "dimg").map(({ from, to }) => [from, to]));
  const auxiliaries = grouped(
    references.filter(({ type }) => type === "auxl").flatMap(({ from, to }) => to.map((id) => [id, [from]])),
  );
  const propertiesOf = readProperties(meta, find("iprp")).of;

  const found = new Map<number, PictureItem>();
  const waiting = [{ id: readPrimaryItem(meta, main), isAlpha: false }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { id, isAlpha } = next;
    if (found.has(id)) continue;
    if (found.size >= maxItems) throw new Damage("it is made of too many pictures");
    const properties = propertiesOf(id);
    const { method, extents } = locations.get(id) ?? { method: 0, extents: [] };
    found.set(id, { id, type: types.get(id) ?? "", method, extents, isAlpha, properties });
    for (const part of parts.get(id) ?? []) waiting.push({ id: part, isAlpha });
    for (const auxiliary of auxiliaries.get(id) ?? []) {
      if (propertiesOf(auxiliary).some((box) => isAlphaType(meta, box)))
        waiting.push({ id: auxiliary, isAlpha: true });
    }
  }
  return [...found.values()];
}

function grouped(pairs: readonly (readonly [number, readonly number[]])[]): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const [key, values] of pairs) {
    const known = groups.get(key);
    if (known) for (const value of values) known.push(value);
    else groups.set(key, [...values]);
  }
  return groups;
}
