// Carries what was asked for of an original's EXIF over to a rendered picture, which is upright and sRGB by now.
import type { OutputFormat } from "../../../schema/facts.ts";
import type { Bytes } from "../../formats/bytes/source.ts";
import { minimalExif } from "../../formats/exif/minimal.ts";
import { readExif } from "../../formats/exif/read.ts";
import type { OriginalFacts } from "../plan/stored-facts.ts";
import type { Metadata } from "../plan/variant.ts";
import { findExif } from "./find-exif.ts";
import { insertExif } from "./insert-exif.ts";

type File = Uint8Array<ArrayBuffer>;

export async function carryMetadata(
  metadata: Metadata,
  facts: OriginalFacts,
  bytes: Bytes,
  format: OutputFormat,
  file: File,
): Promise<File> {
  if (metadata === "none") return file;
  const found = await findExif(facts.format, bytes);
  const exif = found && (metadata === "keep" ? upright(found) : copyrightOnly(found));
  return exif ? insertExif(format, file, exif) : file;
}

function copyrightOnly(exif: Uint8Array): Uint8Array | null {
  const { artist, copyright } = readExif(exif);
  return artist === null && copyright === null ? null : minimalExif({ orientation: 1, artist, copyright });
}

const ORIENTATION_TAG = 0x0112;

/** The whole block, its orientation set to 1: the picture has been turned, and must not be turned again. */
function upright(found: Uint8Array): Uint8Array {
  const exif = found.slice();
  const view = new DataView(exif.buffer);
  if (exif.length < 10) return exif;
  const little = view.getUint16(0) === 0x4949;
  const directory = view.getUint32(4, little);
  if (directory + 2 > exif.length) return exif;
  const count = view.getUint16(directory, little);
  for (
    let entry = directory + 2;
    entry + 12 <= exif.length && entry < directory + 2 + count * 12;
    entry += 12
  ) {
    if (view.getUint16(entry, little) === ORIENTATION_TAG) view.setUint16(entry + 8, 1, little);
  }
  return exif;
}
