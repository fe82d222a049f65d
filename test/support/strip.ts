// Runs bytes through stripMetadata as a stream and collects what comes out.
import type { SourceFormat } from "../../schema/facts.ts";
import type { StripOptions } from "../../workers/src/metadata/strip.ts";
import { stripMetadata } from "../harness/worker/stripped.ts";
import { chunksOf } from "./fixtures.ts";

export const readFrom = (bytes: Uint8Array) => async (offset: number, length: number) =>
  bytes.subarray(offset, offset + length);

export async function strip(
  format: SourceFormat,
  bytes: Uint8Array,
  options: StripOptions = { metadata: "none" },
  chunkSize = 65_536,
): Promise<Buffer> {
  const chunks = chunksOf(bytes, chunkSize);
  const original = new ReadableStream<Uint8Array>({
    pull(controller) {
      const { done, value } = chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
  const pieces: Uint8Array[] = [];
  for await (const piece of stripMetadata(format, original, options)) pieces.push(piece);
  return Buffer.concat(pieces);
}
