// What is served of an original, as a stream that may be read at any pace.
import type { SourceFormat } from "../../../schema/facts.ts";
import { passesUnchanged, type StripOptions, stripInto } from "../../../workers/src/metadata/strip.ts";

export function stripMetadata(
  format: SourceFormat,
  original: ReadableStream<Uint8Array>,
  options: StripOptions,
): ReadableStream<Uint8Array> {
  if (passesUnchanged(format)) return original;
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  // Whoever writes sees it.
  writer.closed.catch(() => undefined);
  stripInto(format, original, options, (piece) => writer.write(piece.slice()))
    .then(() => writer.close())
    .catch((cause: unknown) => writer.abort(cause))
    .catch(() => undefined);
  return readable;
}
