// From file to file row by row, with no picture in between: what lets a 12 megapixel answer fit into a few megabytes.

import type { Bytes } from "../../../formats/bytes/source.ts";
import type { WriteBytes } from "../../../formats/bytes/write.ts";
import type { Pixels } from "../../geometry/pixels.ts";
import type { Wanted } from "../../geometry/shape.ts";
import type { Source } from "../../kernel/host/job.ts";
import type { MemoryCaps } from "../../plan/caps.ts";
import type { Encoding, WriteOptions } from "../../plan/encoding.ts";
import { jpegEncoding } from "../../plan/encoding.ts";
import type { RowFormat, RowOutput } from "../../plan/traits.ts";
import { kernel, orRefuse, shapeOf } from "./kernel.ts";
import { withTiffRows } from "./tiff.ts";

/** Opens a file as rows for the kernel, which may take so many bytes for them. */
type OpenRows = <Result>(
  bytes: Bytes,
  wanted: Wanted,
  caps: MemoryCaps,
  use: (source: Source, kernelBytes: number) => Promise<Result>,
) => Promise<Result>;

const streamed =
  (kind: "jpeg" | "png"): OpenRows =>
  async (bytes, _wanted, { kernel }, use) =>
    use({ kind, stream: await bytes.stream() }, kernel);

const sources = {
  jpg: streamed("jpeg"),
  png: streamed("png"),
  tiff: withTiffRows,
} as const satisfies Record<RowFormat, OpenRows>;

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
  await sources[source](bytes, wanted, caps, async (from, memoryBytes) =>
    orRefuse(
      await kernel.renderFile(from, shapeOf(wanted), encodings[format](options), write, { memoryBytes }),
    ),
  );
}

/**
 * From a frame into a larger file, which never stands as a picture: one pixel may be asked for at 50 megapixels. `frame` is the whole
 * original as stored.
 */
export async function enlarge(
  frame: Pixels,
  format: RowOutput,
  wanted: Wanted,
  options: WriteOptions,
  write: WriteBytes,
  caps: MemoryCaps,
): Promise<void> {
  const from = { kind: "pixels", pixels: frame } as const;
  const limit = { memoryBytes: caps.kernel };
  orRefuse(await kernel.renderFile(from, shapeOf(wanted), encodings[format](options), write, limit));
}
