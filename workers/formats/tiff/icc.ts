// TIFF points to its profile from the first directory (ICC.1:2022, annex B.4).
import { viewOf } from "../bytes/numbers.ts";
import { entriesIn, headerOf, tableAt, tags } from "./directory.ts";

export function tiffProfile(file: Uint8Array): Uint8Array | undefined {
  const view = viewOf(file);
  const { little, first } = headerOf(view);
  for (const { tag, count, pointer } of entriesIn(tableAt(view, first, little), little))
    if (tag === tags.icc) return file.subarray(pointer, pointer + count);
  return undefined;
}
