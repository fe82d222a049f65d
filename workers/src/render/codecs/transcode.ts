// From file to file row by row, with no picture in between: what lets a 12 megapixel answer fit into a few megabytes.

import type { Bytes } from "../../../formats/bytes/source.ts";
import type { WriteBytes } from "../../../formats/bytes/write.ts";
import type { Wanted } from "../../geometry/shape.ts";
import type { MemoryCaps } from "../../plan/caps.ts";
import type { Encoding, WriteOptions } from "../../plan/encoding.ts";
import { jpegEncoding } from "../../plan/encoding.ts";
import type { RowFormat, RowOutput } from "../../plan/traits.ts";
import { kernel, orRefuse, shapeOf } from "./kernel.ts";

const sources = { jpg: "jpeg", png: "png" } as const satisfies Record<RowFormat, string>;

const encodings: Readonly<Record<RowOutput, (options: WriteOptions) => Encoding>> = {
  jpg: jpegEncoding,
  png: () => ({ kind: "png" }),
};

/** `write` says when it has room for more. */
export async function transcode(
  source: RowFormat,
  format: RowOutput,
  bytes: Bytes,
  wanted: Wanted,
  options: WriteOptions,
  write: WriteBytes,
  caps: MemoryCaps,
): Promise<void> {
  const from = { kind: sources[source], stream: await bytes.stream() };
  const limit = { memoryBytes: caps.kernel };
  orRefuse(await kernel.renderFile(from, shapeOf(wanted), encodings[format](options), write, limit));
}
