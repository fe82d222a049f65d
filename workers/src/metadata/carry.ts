// Carries what was asked for of an original's EXIF over to a rendered picture, which is upright and sRGB by now.
import type { OutputFormat } from "../../../schema/facts.ts";
import type { MetadataKept } from "../../../schema/hidden-metadata.ts";
import type { Bytes } from "../../formats/bytes/source.ts";
import type { WriteBytes } from "../../formats/bytes/write.ts";
import { exifToCarry } from "../../formats/exif/carried.ts";
import type { OriginalFacts } from "../plan/stored-facts.ts";
import { findExif } from "./find-exif.ts";
import { insertExif } from "./insert-exif.ts";

/** What is carried: to be put into a file of whatever format. */
export type Carried = Uint8Array | null;

export async function findCarried(
  metadata: MetadataKept,
  facts: OriginalFacts,
  bytes: Bytes,
): Promise<Carried> {
  if (metadata === "none") return null;
  const found = await findExif(facts.format, bytes);
  // The picture has been turned, and must not be turned again.
  return found && exifToCarry(found, metadata, 1);
}

/** Where a rendered picture is to be written so that it comes to `write` with its metadata. */
export function carrying(carried: Carried, format: OutputFormat, write: WriteBytes): WriteBytes {
  return carried ? insertExif(format, write, carried) : write;
}
