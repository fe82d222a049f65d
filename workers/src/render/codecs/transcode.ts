// From file to file row by row, with no picture in between: what lets a 12 megapixel answer fit into a few megabytes.

import type { OutputFormat } from "../../../../schema/facts.ts";
import type { Bytes } from "../../../formats/bytes/source.ts";
import type { WriteBytes } from "../../../formats/bytes/write.ts";
import type { Wanted } from "../../geometry/shape.ts";
import type { Encoding, WriteOptions } from "../../plan/encoding.ts";
import { jpegEncoding } from "../../plan/encoding.ts";
import type { ReadableFormat } from "../../plan/traits.ts";
import { CodecError } from "../codec-error.ts";
import { kernel, orRefuse, shapeOf } from "./kernel.ts";

const kinds: Readonly<Partial<Record<ReadableFormat, "jpeg" | "png">>> = { jpg: "jpeg", png: "png" };

/** Only formats whose traits say `givesRows` and `takesRows`. */
export async function transcode(
  source: ReadableFormat,
  format: OutputFormat,
  bytes: Bytes,
  wanted: Wanted,
  options: WriteOptions,
  write: WriteBytes,
): Promise<void> {
  const kind = kinds[source];
  if (!kind) throw new CodecError(`A ${source} can't be read in rows.`);
  const encoding: Encoding = format === "jpg" ? jpegEncoding(options) : { kind: "png" };
  const stream = await bytes.stream();
  orRefuse(await kernel.renderFile({ kind, stream }, shapeOf(wanted), encoding, write));
}
