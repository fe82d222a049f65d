// AVIF and HEIC keep profiles among the items' properties: `colr` boxes of type `prof` or `rICC` (ISO/IEC 14496-12, section 12.1.5).
import { ascii } from "../bytes/ascii.ts";
import { type Box, boxesIn, readAssociations, readPrimaryItem } from "./boxes.ts";

export function heifProfile(file: Uint8Array): Uint8Array | undefined {
  const inside = (box: Box, headerBytes = 0) => boxesIn(file, box.start + headerBytes, box.end);
  const named = (boxes: readonly Box[], type: string) => boxes.find((box) => box.type === type);

  const meta = named(boxesIn(file, 0, file.length), "meta");
  const described = meta ? inside(meta, 4) : [];
  const main = named(described, "pitm");
  const holder = named(described, "iprp");
  const properties = holder ? inside(holder) : [];
  const container = named(properties, "ipco");
  const links = named(properties, "ipma");
  if (!main || !container || !links) return undefined;

  const all = inside(container);
  const own = readAssociations(file, links, readPrimaryItem(file, main)).flatMap((at) => all[at - 1] ?? []);
  // Some phones name the profile for the tiles of a grid only.
  const box = [...own, ...all].find(
    ({ type, start }) => type === "colr" && ["prof", "rICC"].includes(ascii(file, start, start + 4)),
  );
  return box && file.subarray(box.start + 4, box.end);
}
