// Reads the few EXIF fields that matter here, from a block that fits in memory. Never throws: what is broken is absent.
import { viewOf } from "../bytes/numbers.ts";
import type { Orientation } from "../facts.ts";
import { withoutPrefix } from "./block.ts";

export interface ExifFields {
  readonly orientation: Orientation;
  readonly artist: string | null;
  readonly copyright: string | null;
}

const orientationTag = 0x0112;
const artistTag = 0x013b;
const copyrightTag = 0x8298;

/** Takes the TIFF structure, with or without the "Exif\0\0" that JPEG (and some WebP writers) put in front. */
export function readExif(block: Uint8Array): ExifFields {
  const view = viewOf(withoutPrefix(block));
  const fields: { orientation: Orientation; artist: string | null; copyright: string | null } = {
    orientation: 1,
    artist: null,
    copyright: null,
  };
  const little = view.byteLength >= 8 && view.getUint16(0) === 0x4949;
  if (view.byteLength < 8 || view.getUint16(2, little) !== 42) return fields;
  const directory = view.getUint32(4, little);
  if (directory + 2 > view.byteLength) return fields;
  const count = view.getUint16(directory, little);
  for (let index = 0; index < count; index++) {
    const entry = directory + 2 + index * 12;
    if (entry + 12 > view.byteLength) break;
    const tag = view.getUint16(entry, little);
    if (tag === orientationTag) fields.orientation = toOrientation(view.getUint16(entry + 8, little));
    if (tag === artistTag) fields.artist = textOf(view, entry, little);
    if (tag === copyrightTag) fields.copyright = textOf(view, entry, little);
  }
  return fields;
}

/** Anything outside 1..8 is shown as stored, as browsers do. */
export function toOrientation(value: number): Orientation {
  for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8] as const) if (orientation === value) return orientation;
  return 1;
}

/** Bytes as they are (EXIF says ASCII, cameras write UTF-8 too), one character a byte; at most 1,000. */
function textOf(view: DataView, entry: number, little: boolean): string | null {
  const isAscii = view.getUint16(entry + 2, little) === 2;
  const length = view.getUint32(entry + 4, little);
  const at = length > 4 ? view.getUint32(entry + 8, little) : entry + 8;
  if (!isAscii || at + length > view.byteLength || length > 1_000) return null;
  const bytes = new Uint8Array(view.buffer, view.byteOffset + at, length);
  const [text = ""] = String.fromCharCode(...bytes).split("\0");
  return text.trim() === "" ? null : text;
}
