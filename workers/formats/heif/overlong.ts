// Items whose parts are the same bytes again and again: a file of a megabyte that a decoder puts together to sixty gigabytes.
import { Damage } from "../damage.ts";
import { boxesIn, readLocations } from "./boxes.ts";

/** Tiles that look alike may share their bytes; those are short. */
const mostSharedBytes = 4_194_304;

/** Throws `Damage` where the items' parts are together longer than what they lie in. `meta` is the box's body. */
export function refuseOverlong(meta: Uint8Array, fileBytes: number): void {
  const box = boxesIn(meta, 4, meta.length).find(({ type }) => type === "iloc");
  if (!box) return;
  let [inFile, inMeta] = [0, 0];
  for (const { method, extents } of readLocations(meta, box)) {
    for (const { offset, length } of extents) {
      // One of no length reaches to the end.
      if (method === 0) inFile += length === 0 ? Math.max(0, fileBytes - offset) : length;
      else inMeta += length === 0 ? meta.length : length;
    }
  }
  const isOverlong = inFile > fileBytes + mostSharedBytes || inMeta > meta.length + mostSharedBytes;
  if (isOverlong) throw new Damage("its parts are the same bytes again and again");
}
