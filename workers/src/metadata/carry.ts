// Carries what was asked for of an original's EXIF over to a rendered picture, which is upright and sRGB by now.
import type { OutputFormat } from "../../../schema/facts.ts";
import type { MetadataKept } from "../../../schema/hidden-metadata.ts";
import type { Bytes } from "../../formats/bytes/source.ts";
import type { WriteBytes } from "../../formats/bytes/write.ts";
import { exifToCarry } from "../../formats/exif/minimal.ts";
import type { OriginalFacts } from "../plan/stored-facts.ts";
import { findExif } from "./find-exif.ts";
import { insertExif } from "./insert-exif.ts";

/** Where a rendered picture is to be written so that it comes to `write` with its metadata. */
export async function carryMetadata(
  metadata: MetadataKept,
  facts: OriginalFacts,
  bytes: Bytes,
  format: OutputFormat,
  write: WriteBytes,
): Promise<WriteBytes> {
  if (metadata === "none") return write;
  const found = await findExif(facts.format, bytes);
  // The picture has been turned, and must not be turned again.
  const exif = found && exifToCarry(found, metadata, 1);
  return exif ? insertExif(format, write, exif) : write;
}
