// Finds what to blank in an AVIF or HEIC before it is streamed, by small reads: its description may stand behind its data.
import type { ReadRange } from "../bytes/source.ts";
import { Damage } from "../damage.ts";
import { headAt } from "./boxes.ts";
import { maxMetaBytes } from "./facts.ts";
import { type Parts, partsOf } from "./strip-items.ts";

/** A picture has three or four boxes at its top level; each costs a read. */
const maxBoxes = 16;

/** Whether the file's first chunk shows the description before any data; then one pass is enough. */
export function isDescribedFirst(first: Uint8Array): boolean {
  for (let at = 0; ; ) {
    const head = headAt(first, at);
    if (!head || head.type === "mdat" || head.length < head.headBytes) return false;
    if (head.type === "meta") return true;
    at += head.length;
  }
}

export async function findParts(readRange: ReadRange): Promise<Parts> {
  let offset = 0;
  for (let count = 0; count < maxBoxes; count++) {
    const head = headAt(await readRange(offset, 16));
    if (!head || head.length < head.headBytes || head.length === Number.POSITIVE_INFINITY) break;
    const { type, headBytes, length } = head;
    if (type === "meta") {
      if (length > maxMetaBytes) throw new Damage("its meta box is too large");
      return partsOf(await readRange(offset + headBytes, length - headBytes));
    }
    offset += length;
  }
  throw new Damage("it has no meta box");
}
