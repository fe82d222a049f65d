// Reads the few EXIF fields that matter here, from a block that fits in memory. Never throws: what is broken is absent.
import type { Orientation } from "../../../schema/facts.ts";
import { ascii } from "../bytes/ascii.ts";
import { viewOf } from "../bytes/numbers.ts";
import { type Entry, entriesIn, headerIn, tableAt, tags, types } from "../tiff/directory.ts";
import { withoutPrefix } from "./block.ts";

export interface ExifFields {
  readonly orientation: Orientation;
  readonly artist: string | null;
  readonly copyright: string | null;
}

/** Takes the TIFF structure, with or without the "Exif\0\0" that JPEG (and some WebP writers) put in front. */
export function readExif(block: Uint8Array): ExifFields {
  const view = viewOf(withoutPrefix(block));
  const fields: { orientation: Orientation; artist: string | null; copyright: string | null } = {
    orientation: 1,
    artist: null,
    copyright: null,
  };
  const header = headerIn(view);
  if (!header) return fields;
  const { little, first } = header;
  const table = tableAt(view, first, little);
  for (const entry of entriesIn(table, little)) {
    if (entry.tag === tags.orientation)
      fields.orientation = toOrientation(table.getUint16(entry.inline, little));
    if (entry.tag === tags.artist) fields.artist = textOf(view, table, entry);
    if (entry.tag === tags.copyright) fields.copyright = textOf(view, table, entry);
  }
  return fields;
}

/** Anything outside 1..8 is shown as stored, as browsers do. */
export function toOrientation(value: number): Orientation {
  for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8] as const) if (orientation === value) return orientation;
  return 1;
}

/** Bytes as they are (EXIF says ASCII, cameras write UTF-8 too), one character a byte; at most 1,000. */
function textOf(view: DataView, table: DataView, { type, count, pointer, inline }: Entry): string | null {
  const at = count > 4 ? pointer : table.byteOffset - view.byteOffset + inline;
  if (type !== types.ascii || at + count > view.byteLength || count > 1_000) return null;
  const [text = ""] = ascii(new Uint8Array(view.buffer, view.byteOffset + at, count)).split("\0");
  return text.trim() === "" ? null : text;
}
