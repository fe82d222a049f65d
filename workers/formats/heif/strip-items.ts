// Which bytes of an AVIF or HEIC are its picture, and which its metadata: all others are nobody's, and go.
import type { MetadataKept } from "../../../schema/hidden-metadata.ts";
import { ascii } from "../bytes/ascii.ts";
import { Damage } from "../damage.ts";
import { exifBytesRead, exifWithin } from "../exif/carried.ts";
import { keptXmp } from "../xmp/kept.ts";
import { type Box, boxesIn, freeName, readItems, readLocations } from "./boxes.ts";
import { maxMetaBytes } from "./facts.ts";
import { tracksOf } from "./film.ts";
import { shownItems } from "./shown.ts";
import { blankHandler, blankItemNames, blankProperties } from "./strip-words.ts";

/** In the file, or in the `idat` box of `meta`. */
export interface Extent {
  readonly offset: number;
  readonly length: number;
  readonly isInMeta: boolean;
}

export interface MetadataExtent extends Extent {
  readonly kind: "exif" | "xmp" | "other";
}

/** Both sorted by offset; the picture's do not overlap. */
export interface Parts {
  readonly picture: readonly Extent[];
  readonly metadata: readonly MetadataExtent[];
}

/** EXIF, XMP and C2PA (`mime`, `uri `), and what else is no coded or derived picture. */
const metadataTypes: ReadonlySet<string> = new Set(["Exif", "mime", "uri "]);

/** `meta` is the box's body. */
export function partsOf(meta: Uint8Array): Parts {
  const boxes = boxesIn(meta, 4, meta.length);
  const find = (type: string) => boxes.find((box) => box.type === type);
  const [information, location] = [find("iinf"), find("iloc")];
  if (!information || !location) return { picture: [], metadata: [] };
  const types = new Map(readItems(meta, information).map(({ id, type }) => [id, type]));
  const xmp = xmpItems(meta, information);
  const shown = shownItems(meta);
  const picture: Extent[] = [];
  const metadata: MetadataExtent[] = [];
  for (const { id, method, extents } of readLocations(meta, location)) {
    const type = types.get(id) ?? "";
    const isMetadata = metadataTypes.has(type);
    if (!isMetadata && !shown.has(id)) continue;
    if (method > 1) throw new Damage("what it shows or says is made of other items' bytes");
    const isInMeta = method === 1;
    if (!isMetadata) picture.push(...extents.map((extent) => ({ ...extent, isInMeta })));
    // Split over several extents it is only blanked, not rewritten.
    const isWhole = extents.length === 1;
    const kind = isWhole && type === "Exif" ? "exif" : isWhole && xmp.has(id) ? "xmp" : "other";
    if (isMetadata) metadata.push(...extents.map((extent) => ({ ...extent, isInMeta, kind }) as const));
  }
  return {
    picture: [...merged(picture.filter(isOutside)), ...merged(picture.filter(({ isInMeta }) => isInMeta))],
    metadata: metadata.toSorted(byOffset),
  };
}

/** A film's samples are shown as its picture is. */
export function withSamples(
  { picture, metadata }: Parts,
  samples: readonly Omit<Extent, "isInMeta">[],
): Parts {
  if (samples.length === 0) return { picture, metadata };
  const [inside, outside] = [picture.filter(({ isInMeta }) => isInMeta), picture.filter(isOutside)];
  const all = [...outside, ...samples.map((sample) => ({ ...sample, isInMeta: false }))];
  return { picture: [...merged(all), ...inside], metadata };
}

const isOutside = ({ isInMeta }: Extent) => !isInMeta;
const byOffset = (one: Extent, other: Extent) => one.offset - other.offset;

/** The same bytes, each once: tiles that look alike may share theirs. */
function merged(extents: readonly Extent[]): Extent[] {
  const result: Extent[] = [];
  for (const extent of extents.toSorted(byOffset)) {
    const last = result.at(-1);
    const end = last ? last.offset + last.length : 0;
    if (!last || extent.offset > end) result.push(extent);
    else if (extent.offset + extent.length > end) {
      result[result.length - 1] = { ...last, length: extent.offset + extent.length - last.offset };
    }
  }
  return result;
}

/** The content type stands behind the item's name. */
function xmpItems(meta: Uint8Array, information: Box): ReadonlySet<number> {
  const wide = meta[information.start] !== 0;
  const entries = boxesIn(meta, information.start + (wide ? 8 : 6), information.end);
  return new Set(
    entries.flatMap((entry) => {
      if (!ascii(meta, entry.start, entry.end).includes("application/rdf+xml\0")) return [];
      const view = new DataView(meta.buffer, meta.byteOffset + entry.start, 8);
      return [view.getUint8(0) === 2 ? view.getUint16(4) : view.getUint32(4)];
    }),
  );
}

/**
 * As many bytes as before. An EXIF item stays a valid one: libavif refuses pictures whose EXIF it cannot parse. Its own
 * orientation is dropped, since `irot` and `imir` are what counts in HEIF.
 */
export function replacementFor({ kind }: MetadataExtent, old: Uint8Array, kept: MetadataKept): Uint8Array {
  const empty = new Uint8Array(old.length);
  const packet = kind === "xmp" ? keptXmp(old, kept) : null;
  if (kind !== "exif" || old.length < 4) {
    // White space is what an XMP packet may be padded with.
    empty.fill(0x20);
    if (packet && packet.length <= old.length) empty.set(packet);
    return empty;
  }
  const tiffOffset = 4 + new DataView(old.buffer, old.byteOffset).getUint32(0);
  const block = exifWithin(
    old.length - 4,
    old.subarray(Math.min(tiffOffset, old.length), exifBytesRead),
    kept,
    1,
  );
  if (block) empty.set(block, 4);
  return empty;
}

/** ISO/IEC 23008-12 describes a picture with these. */
const describing: ReadonlySet<string> = new Set([
  ...["hdlr", "pitm", "iloc", "iinf", "iprp", "iref", "idat", "grpl", "dinf"],
]);

/** Blanks inside a `meta` body: metadata that is kept in `idat`, what no item of the picture holds, vendors' boxes. */
export function blankMeta(
  body: Uint8Array,
  bodyStart: number,
  { picture, metadata }: Parts,
  kept: MetadataKept,
): Uint8Array {
  const boxes = boxesIn(body, 4, body.length);
  const stored = boxes.find((box) => box.type === "idat");
  const before = body.slice();
  if (stored) {
    body.fill(0, stored.start, stored.end);
    for (const { offset, length } of picture.filter(({ isInMeta }) => isInMeta)) {
      const from = Math.min(stored.start + offset, stored.end);
      body.set(before.subarray(from, Math.min(from + length, stored.end)), from);
    }
  }
  let written = 0;
  for (const extent of metadata) {
    const from = extent.isInMeta ? (stored?.start ?? body.length) + extent.offset : extent.offset - bodyStart;
    const to = Math.min(from + extent.length, body.length);
    if (from < 0 || from >= to) continue;
    written += to - from;
    if (written > 4 * maxMetaBytes) throw new Damage("its parts are the same bytes again and again");
    body.set(replacementFor(extent, before.slice(from, to), kept), from);
  }
  for (const box of boxes) {
    if (!describing.has(box.type)) empty(body, box);
    if (box.type === "iprp") blankProperties(body, box);
    if (box.type === "iinf") blankItemNames(body, box);
    if (box.type === "hdlr") blankHandler(body, box);
  }
  return body;
}

const containers: ReadonlySet<string> = new Set(["trak", "mdia", "minf", "stbl"]);
const noteTypes: ReadonlySet<string> = new Set(["udta", "uuid", "meta", "free", "skip"]);

/** Blanks a film's notes, its tracks', and the tracks that are not shown. `body` is that of `moov`. */
export function blankNotes(body: Uint8Array): Uint8Array {
  for (const { box, isShown } of tracksOf(body)) if (!isShown) empty(body, box);
  return blankNotesIn(body, 0, body.length);
}

function blankNotesIn(body: Uint8Array, start: number, end: number): Uint8Array {
  for (const box of boxesIn(body, start, end)) {
    if (containers.has(box.type)) blankNotesIn(body, box.start, box.end);
    if (noteTypes.has(box.type)) empty(body, box);
    if (datedTypes.has(box.type)) blankDates(body, box);
    if (box.type === "hdlr") blankHandler(body, box);
  }
  return body;
}

/** Headers of a film, a track and a track's media: they begin with the times of making and of change (ISO/IEC 14496-12, 8.2.2). */
const datedTypes: ReadonlySet<string> = new Set(["mvhd", "tkhd", "mdhd"]);

function blankDates(body: Uint8Array, { start, end }: Box): void {
  const bytesOfBoth = body[start] === 1 ? 16 : 8;
  body.fill(0, start + 4, Math.min(end, start + 4 + bytesOfBoth));
}

/** A box that readers skip, with nothing in it. */
function empty(body: Uint8Array, box: Box): void {
  // The name stands in front of the body, or of the 64-bit length that lies between.
  const isShort = ascii(body, box.start - 4, box.start) === box.type;
  body.set(freeName, box.start - (isShort ? 4 : 12));
  body.fill(0, box.start, box.end);
}
