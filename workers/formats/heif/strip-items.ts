// Which bytes of an AVIF or HEIC belong to items that are no picture, and what to put in their place.
import { ascii } from "../bytes/ascii.ts";
import { Damage } from "../bytes/byte-reader.ts";
import type { MetadataKept } from "../bytes/stripper.ts";
import { exifBytesRead, fieldsToKeep, minimalExifWithin } from "../exif/minimal.ts";
import { boxesIn, readItems, readLocations } from "./boxes.ts";

export interface HiddenExtent {
  /** In the file, or in the `idat` box of `meta`. */
  readonly offset: number;
  readonly length: number;
  readonly isInMeta: boolean;
  readonly kind: "exif" | "other";
}

/** EXIF, XMP and C2PA (`mime`, `uri `), and what else is no coded or derived picture. */
const hiddenTypes: ReadonlySet<string> = new Set(["Exif", "mime", "uri "]);

/** `meta` is the box's body. Sorted by offset. */
export function hiddenExtents(meta: Uint8Array): HiddenExtent[] {
  const boxes = boxesIn(meta, 4, meta.length);
  const find = (type: string) => boxes.find((box) => box.type === type);
  const [information, location] = [find("iinf"), find("iloc")];
  if (!information || !location) return [];
  const types = new Map(readItems(meta, information).map(({ id, type }) => [id, type]));
  const extents = readLocations(meta, location).flatMap(({ id, method, extents }) => {
    const type = types.get(id) ?? "";
    if (!hiddenTypes.has(type)) return [];
    if (method > 1) throw new Damage("its metadata is made of other items");
    // Split over several extents it is only blanked, not rewritten.
    const kind: HiddenExtent["kind"] = type === "Exif" && extents.length === 1 ? "exif" : "other";
    return extents.map((extent) => ({ ...extent, isInMeta: method === 1, kind }));
  });
  return extents.toSorted((one, other) => one.offset - other.offset);
}

/**
 * As many bytes as before. An EXIF item stays a valid one: libavif refuses pictures whose EXIF it cannot parse. Its own
 * orientation is dropped, since `irot` and `imir` are what counts in HEIF.
 */
export function replacementFor({ kind }: HiddenExtent, old: Uint8Array, kept: MetadataKept): Uint8Array {
  const empty = new Uint8Array(old.length);
  // White space is what an XMP packet may be padded with.
  if (kind === "other" || old.length < 4) return empty.fill(0x20);
  const tiffOffset = 4 + new DataView(old.buffer, old.byteOffset).getUint32(0);
  const fields = fieldsToKeep(old.subarray(Math.min(tiffOffset, old.length), exifBytesRead), kept);
  const block = minimalExifWithin(old.length - 4, { ...fields, orientation: 1 });
  if (block) empty.set(block, 4);
  return empty;
}

/** Blanks inside a `meta` or `moov` body: items kept in `idat`, vendors' boxes, user notes, and a track's own metadata. */
export function blankWithin(
  type: "meta" | "moov",
  body: Uint8Array,
  bodyStart: number,
  hidden: readonly HiddenExtent[],
  kept: MetadataKept,
): Uint8Array {
  if (type === "moov") blankNotes(body, 0, body.length);
  else {
    const boxes = boxesIn(body, 4, body.length);
    const stored = boxes.find((box) => box.type === "idat");
    for (const extent of hidden) {
      const from = extent.isInMeta
        ? (stored?.start ?? body.length) + extent.offset
        : extent.offset - bodyStart;
      const to = Math.min(from + extent.length, body.length);
      if (from >= 0 && from < to) body.set(replacementFor(extent, body.slice(from, to), kept), from);
    }
    for (const box of boxes) if (box.type === "uuid" || box.type === "free") body.fill(0, box.start, box.end);
  }
  return body;
}

const containers: ReadonlySet<string> = new Set(["trak", "mdia", "minf", "stbl"]);
const noteTypes: ReadonlySet<string> = new Set(["udta", "uuid", "meta", "free", "skip"]);

function blankNotes(body: Uint8Array, start: number, end: number): void {
  for (const box of boxesIn(body, start, end)) {
    if (containers.has(box.type)) blankNotes(body, box.start, box.end);
    if (!noteTypes.has(box.type)) continue;
    // The name stands in front of the body, or of the 64-bit length that lies between.
    const isShort = ascii(body, box.start - 4, box.start) === box.type;
    body.set([0x66, 0x72, 0x65, 0x65], box.start - (isShort ? 4 : 12));
    body.fill(0, box.start, box.end);
  }
}
