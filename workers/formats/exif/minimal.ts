// The EXIF block that an answer carries: an orientation and, where they may stay, artist and copyright; or all that was allowed.
import type { MetadataKept } from "../../../schema/hidden-metadata.ts";
import type { Orientation } from "../facts.ts";
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
  const texts = [
    { tag: 0x013b, text: artist },
    { tag: 0x8298, text: copyright },
  ].flatMap(({ tag, text }) => (text === null ? [] : [{ tag, text: `${text}\0` }]));
  const tableBytes = 8 + 2 + (1 + texts.length) * 12 + 4;
  const spilled = texts.reduce((sum, { text }) => sum + (text.length > 4 ? text.length : 0), 0);
  const view = new DataView(new ArrayBuffer(tableBytes + spilled));
  view.setUint32(0, 0x4d4d_002a);
  view.setUint32(4, 8);
  view.setUint16(8, 1 + texts.length);
  view.setUint32(10, 0x0112_0003);
  view.setUint32(14, 1);
  view.setUint16(18, orientation);
  let free = tableBytes;
  texts.forEach(({ tag, text }, index) => {
    const entry = 22 + index * 12;
    view.setUint16(entry, tag);
    view.setUint16(entry + 2, 2);
    view.setUint32(entry + 4, text.length);
    const at = text.length > 4 ? free : entry + 8;
    if (text.length > 4) {
      view.setUint32(entry + 8, free);
      free += text.length;
    }
    for (let place = 0; place < text.length; place++) view.setUint8(at + place, text.charCodeAt(place));
  });
  return new Uint8Array(view.buffer);
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
