// Finds what to blank in an AVIF or HEIC before it is streamed, by small reads: its description may stand behind its data.
import { ascii } from "../bytes/ascii.ts";
import { Damage } from "../bytes/byte-reader.ts";
import type { ReadRange } from "../bytes/source.ts";
import { maxMetaBytes } from "./facts.ts";
import { type Parts, partsOf } from "./strip-items.ts";

/** A picture has three or four boxes at its top level; each costs a read. */
const maxBoxes = 16;

/** Whether the file's first chunk shows the description before any data; then one pass is enough. */
export function isDescribedFirst(first: Uint8Array): boolean {
  const view = new DataView(first.buffer, first.byteOffset, first.length);
  for (let at = 0; at + 8 <= first.length; ) {
    const type = ascii(first, at + 4, at + 8);
    const length = view.getUint32(at);
    if (type === "meta" || type === "mdat" || length < 8) return type === "meta";
    at += length;
  }
  return false;
}

export async function findParts(readRange: ReadRange): Promise<Parts> {
  let offset = 0;
  for (let count = 0; count < maxBoxes; count++) {
    const head = await readRange(offset, 16);
    if (head.length < 8) break;
    const view = new DataView(head.buffer, head.byteOffset, head.length);
    const short = view.getUint32(0);
    const isLarge = short === 1 && head.length === 16;
    const length = isLarge ? Number(view.getBigUint64(8)) : short;
    const headerBytes = isLarge ? 16 : 8;
    if (length < headerBytes) break;
    if (ascii(head, 4, 8) === "meta") {
      if (length > maxMetaBytes) throw new Damage("its meta box is too large");
      return partsOf(await readRange(offset + headerBytes, length - headerBytes));
    }
    offset += length;
  }
  throw new Damage("it has no meta box");
}
