// A file as a generator writes it anew while it streams by, a chunk at a time.
import { ByteReader, type Reading } from "./byte-reader.ts";
import { openChunks } from "./chunks.ts";
import type { Emit } from "./stripper.ts";

/** Fails with the `Damage` that the rewriting throws. */
export function rewritten(
  original: ReadableStream<Uint8Array>,
  rewrite: (reader: ByteReader, emit: Emit) => Reading<void>,
): ReadableStream<Uint8Array> {
  const chunks = openChunks(original);
  const reader = new ByteReader();
  const pieces: Uint8Array[] = [];
  const walk = rewrite(reader, (bytes) => pieces.push(bytes.slice()));
  return new ReadableStream(
    {
      async pull(controller) {
        while (pieces.length === 0) {
          if (walk.next().done) {
            for (const piece of pieces.splice(0)) controller.enqueue(piece);
            controller.close();
            return chunks.cancel();
          }
          const chunk = await chunks.next();
          if (chunk) reader.feed(chunk);
          else reader.end();
        }
        for (const piece of pieces.splice(0)) controller.enqueue(piece);
      },
      cancel: (reason) => chunks.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
