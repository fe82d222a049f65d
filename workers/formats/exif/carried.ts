// The EXIF block that an answer carries: an orientation and, where they may stay, artist and copyright; or all that was allowed.
import type { Orientation } from "../../../schema/facts.ts";
import type { MetadataKept } from "../../../schema/hidden-metadata.ts";
import { lettersOf } from "../bytes/ascii.ts";
import { tags, types } from "../tiff/directory.ts";
import { type NewEntry, shortEntry, writeTiff } from "../tiff/write.ts";
import { keptExif } from "./kept.ts";
import { type ExifFields, readExif } from "./read.ts";

/** An EXIF block's head is where its first directory stands; thumbnails and maker notes make the rest. */
export const exifBytesRead = 65_536;

export function fieldsToKeep(block: Uint8Array, kept: MetadataKept): ExifFields {
  const fields = readExif(block);
  return kept === "none" ? { ...fields, artist: null, copyright: null } : fields;
}

/**
 * What stands in the place of an original's block; null: nothing. `orientation` overrides the block's own, where the file
 * says it elsewhere or the picture has been turned.
 */
export function exifToCarry(
  block: Uint8Array,
  kept: MetadataKept,
  orientation?: Orientation,
): Uint8Array | null {
  const isMore = kept === "keep" || kept === "keep_with_location";
  const written = isMore ? keptExif(block, kept, orientation) : null;
  if (written) return written;
  const own = fieldsToKeep(block, kept);
  const fields = { ...own, orientation: orientation ?? own.orientation };
  return saysSomething(fields) ? minimalExif(fields) : null;
}

/** Whether a picture without the block would look or be owned differently. */
const saysSomething = ({ orientation, artist, copyright }: ExifFields) =>
  orientation !== 1 || artist !== null || copyright !== null;

/** A big-endian TIFF structure, 26 bytes when it holds no text. `readExif` reads it back. */
export function minimalExif({ orientation, artist, copyright }: ExifFields): Uint8Array {
  const text = (tag: number, said: string | null): NewEntry[] => {
    const value = lettersOf(`${said}\0`);
    return said === null ? [] : [{ tag, type: types.ascii, count: value.length, value }];
  };
  const manner = { little: false, align: 1 } as const;
  const turn = shortEntry(tags.orientation, orientation, manner.little);
  return writeTiff([[turn, ...text(tags.artist, artist), ...text(tags.copyright, copyright)]], manner);
}

/** As much of it as fits into the room that the old block leaves; null where not even an orientation does. */
export function exifWithin(
  room: number,
  block: Uint8Array,
  kept: MetadataKept,
  orientation?: Orientation,
): Uint8Array | null {
  const own = fieldsToKeep(block, kept);
  const fields = { ...own, orientation: orientation ?? own.orientation };
  const whole = exifToCarry(block, kept, orientation) ?? minimalExif(fields);
  if (whole.length <= room) return whole;
  const short = minimalExif({ ...fields, artist: null, copyright: null });
  return short.length <= room ? short : null;
}
