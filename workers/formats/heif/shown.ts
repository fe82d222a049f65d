// Which items of an AVIF or HEIC make the picture: the primary one, what it is put together from, its transparency and its gain map.
import { ascii } from "../bytes/ascii.ts";
import {
  type Box,
  boxesIn,
  readAllAssociations,
  readItems,
  readPrimaryItem,
  readReferences,
} from "./boxes.ts";

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
  const alpha = alphaItems(meta, find("iprp"), new Set(references.map(({ from }) => from)));
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

/** ISO/IEC 23008-12, section 6.5.8, and what older writers call it. */
const isAlphaName = (name: string) => /alpha|auxid:1(?!\d)/.test(name);

function alphaItems(
  meta: Uint8Array,
  properties: Box | undefined,
  ids: ReadonlySet<number>,
): ReadonlySet<number> {
  if (!properties) return new Set();
  const inside = boxesIn(meta, properties.start, properties.end);
  const container = inside.find(({ type }) => type === "ipco");
  if (!container) return new Set();
  const places = new Set(
    boxesIn(meta, container.start, container.end).flatMap(({ type, start, end }, index) =>
      type === "auxC" && isAlphaName(ascii(meta, start + 4, Math.min(end, start + 68))) ? [index + 1] : [],
    ),
  );
  if (places.size === 0) return new Set();
  const associations = inside
    .filter(({ type }) => type === "ipma")
    .map((box) => readAllAssociations(meta, box));
  return new Set(
    [...ids].filter((id) => associations.some((one) => one.get(id)?.some((place) => places.has(place)))),
  );
}
