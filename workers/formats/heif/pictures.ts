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
  /** How often a decoder makes it: once for each picture that it is a part of. */
  readonly times: number;
  readonly properties: readonly Box[];
  /** Items that it is put together from, in the order of their places, and its alpha. */
  readonly parts: readonly number[];
  readonly alphas: readonly number[];
  /** Its colours are multiplied by its alpha already. */
  readonly isPremultiplied: boolean;
}

/**
 * 200 megapixels in tiles of 512 are 762; a file that needs more is none that a camera made. The attack: grids of grids, which
 * decoders make again for each place where they are shown, so that 10 KB are a thousand tiles, and a little more a million.
 */
const maxItems = 4_096;

/** The primary item first. `meta` is the box's body. */
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
  const premultiplied = new Set(references.filter(({ type }) => type === "prem").map(({ from }) => from));
  const propertiesOf = readProperties(meta, find("iprp")).of;

  const found = new Map<number, Omit<PictureItem, "times">>();
  const madeOf = new Map<number, readonly number[]>();
  const waiting = [{ id: readPrimaryItem(meta, main), isAlpha: false }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { id, isAlpha } = next;
    if (found.has(id)) continue;
    if (found.size >= maxItems) throw new Damage("it is made of too many pictures");
    const properties = propertiesOf(id);
    const { method, extents } = locations.get(id) ?? { method: 0, extents: [] };
    const ofParts = parts.get(id) ?? [];
    const alphas = (auxiliaries.get(id) ?? []).filter((auxiliary) =>
      propertiesOf(auxiliary).some((box) => isAlphaType(meta, box)),
    );
    const itself = { id, type: types.get(id) ?? "", method, extents, isAlpha, properties };
    found.set(id, { ...itself, parts: ofParts, alphas, isPremultiplied: premultiplied.has(id) });
    for (const part of ofParts) waiting.push({ id: part, isAlpha });
    for (const alpha of alphas) waiting.push({ id: alpha, isAlpha: true });
    madeOf.set(id, [...ofParts, ...alphas]);
  }
  const times = timesMade(madeOf);
  return [...found.values()].map((item) => ({ ...item, times: times.get(item.id) ?? 1 }));
}

/** How often each item is made, the first one once. Throws `Damage` where one is a part of itself, or all are too many. */
function timesMade(madeOf: ReadonlyMap<number, readonly number[]>): ReadonlyMap<number, number> {
  const wholes = new Map<number, number>();
  for (const part of [...madeOf.values()].flat()) wholes.set(part, (wholes.get(part) ?? 0) + 1);
  const times = new Map<number, number>();
  // Each comes after all that it is a part of.
  const ready = [...madeOf.keys()].filter((id) => !wholes.has(id));
  for (const id of ready) times.set(id, 1);
  let sum = 0;
  let count = 0;
  for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
    const own = times.get(id) ?? 0;
    sum += own;
    count++;
    if (sum > maxItems) throw new Damage("it is made of too many pictures");
    for (const part of madeOf.get(id) ?? []) {
      times.set(part, (times.get(part) ?? 0) + own);
      const left = (wholes.get(part) ?? 0) - 1;
      wholes.set(part, left);
      if (left === 0) ready.push(part);
    }
  }
  if (count < madeOf.size) throw new Damage("a picture is a part of itself");
  return times;
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
