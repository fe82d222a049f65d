// HEICs that are grids of grids: each level multiplies what must be decoded, and a few KB ask for millions of tiles.

import { metaOf } from "../../../../workers/formats/heif/coded.ts";
import { pictureItems } from "../../../../workers/formats/heif/pictures.ts";
import { box, buildHeif, gridPayload, imageSize } from "../../../support/make-fixtures/heif-file.ts";
import { plainHeic } from "./heif.ts";

const TILE = 512;

/** A phone's tile of 512 x 512, and how it is configured. */
function phoneTile() {
  const phone = plainHeic();
  const meta = metaOf(phone);
  const tile = pictureItems(meta).find(({ type }) => type === "hvc1");
  const found = tile?.properties.find(({ type }) => type === "hvcC");
  const extent = tile?.extents[0];
  if (!found || !extent) throw new Error("photo.heic has no tile");
  return {
    payload: Buffer.from(phone.subarray(extent.offset, extent.offset + extent.length)),
    configuration: box("hvcC", Buffer.from(meta.subarray(found.start, found.end))),
  };
}

export interface Level {
  readonly side: number;
  /** Its size in pixels; its tiles may reach beyond it. */
  readonly says: number;
}

/** The primary grid first: all grids of a level are made of all that there are of the next, and the last of real tiles. */
export function gridsOfGrids(levels: readonly Level[]): Uint8Array {
  const { payload, configuration } = phoneTile();
  const counts = [1, ...levels.map(({ side }) => side * side)];
  const firstOf = (level: number) => 1 + counts.slice(0, level).reduce((sum, count) => sum + count, 0);
  const grids = levels.map(({ side, says }, level) => ({
    type: "grid" as const,
    payload: gridPayload(side, side, says, says),
    properties: [level + 1],
  }));
  const tile = { type: "hvc1" as const, payload, properties: [levels.length + 1, levels.length + 2] };
  return buildHeif({
    brand: "heic",
    properties: [...levels.map(({ says }) => imageSize(says, says)), imageSize(TILE, TILE), configuration],
    items: counts.flatMap((count, level) => Array.from({ length: count }, () => grids[level] ?? tile)),
    references: grids.flatMap((_, level) =>
      Array.from({ length: counts[level] ?? 0 }, (_one, at) => ({
        type: "dimg",
        from: firstOf(level) + at,
        to: Array.from({ length: counts[level + 1] ?? 0 }, (_two, place) => firstOf(level + 1) + place),
      })),
    ),
  });
}
