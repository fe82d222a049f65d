// Which items of an AVIF or HEIC make the picture: the primary one, what it is put together from, its transparency and its gain map.
import { boxesIn, readItems, readPrimaryItem, readReferences } from "./boxes.ts";
import { isAlphaType, readProperties } from "./properties.ts";

/** Everything else goes: thumbnails, depth maps, mattes, the other pictures of a burst. `meta` is the box's body. */
export function shownItems(meta: Uint8Array): ReadonlySet<number> {
  const boxes = boxesIn(meta, 4, meta.length);
  const find = (type: string) => boxes.find((box) => box.type === type);
  const [primaryBox, information, referenceBox] = [find("pitm"), find("iinf"), find("iref")];
  if (!primaryBox || !information) return new Set();
  const primary = readPrimaryItem(meta, primaryBox);
  const references = referenceBox ? readReferences(meta, referenceBox) : [];
  const toneMaps = new Set(
    readItems(meta, information).flatMap(({ id, type }) => (type === "tmap" ? [id] : [])),
  );
  const properties = readProperties(meta, find("iprp"));
  const isAlpha = (id: number) => properties.of(id).some((box) => isAlphaType(meta, box));
  const alpha = new Set([...new Set(references.map(({ from }) => from))].filter(isAlpha));
  // Of each item, what must be shown with it. A file may name a hundred thousand: each is looked at once.
  const companions = new Map<number, number[]>();
  const add = (id: number, more: readonly number[]) => {
    const known = companions.get(id);
    if (known) for (const one of more) known.push(one);
    else companions.set(id, [...more]);
  };
  for (const { type, from, to } of references) {
    if (type === "dimg") add(from, to);
    if (type === "auxl" && alpha.has(from)) for (const id of to) add(id, [from]);
    if (type === "dimg" && toneMaps.has(from) && to.includes(primary)) add(primary, [from]);
  }
  const shown = new Set([primary]);
  // A set gives what is added while it is walked, too.
  for (const id of shown) for (const other of companions.get(id) ?? []) shown.add(other);
  return shown;
}
