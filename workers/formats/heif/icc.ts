// AVIF and HEIC keep profiles among the items' properties.
import { boxesIn, readPrimaryItem } from "./boxes.ts";
import { metaOf } from "./coded.ts";
import { isProfile, readProperties } from "./properties.ts";

export function heifProfile(file: Uint8Array): Uint8Array | undefined {
  const meta = metaOf(file);
  const described = boxesIn(meta, 4, meta.length);
  const main = described.find(({ type }) => type === "pitm");
  if (!main) return undefined;
  const properties = readProperties(
    meta,
    described.find(({ type }) => type === "iprp"),
  );
  // Some phones name the profile for the tiles of a grid only.
  const own = properties.of(readPrimaryItem(meta, main));
  const box = [...own, ...properties.all].find((one) => isProfile(meta, one));
  return box && meta.subarray(box.start + 4, box.end);
}
