// Opens an original before its turn comes, so that the bucket's first byte is not waited for while the isolate's thread stands still.
import type { Bytes } from "../../formats/bytes/source.ts";
import { readWhole } from "../../formats/bytes/whole.ts";

export interface BytesAhead extends Bytes {
  /** Begins to fetch what the next reader of the whole file gets. */
  fetchAhead(): void;
}

/** `length`: of the whole file. */
export function openAhead(bytes: Bytes, length: number): BytesAhead {
  let opened: Promise<ReadableStream<Uint8Array>> | undefined;
  const stream = (from = 0) => {
    const first = opened;
    opened = undefined;
    if (from === 0) return first ?? bytes.stream();
    first?.then((unread) => unread.cancel()).catch(() => undefined);
    return bytes.stream(from);
  };
  return {
    stream,
    range: bytes.range,
    async whole() {
      return opened ? readWhole(await stream(), length) : bytes.whole();
    },
    fetchAhead() {
      opened ??= bytes.stream();
      // Whoever reads it meets the failure; until then nobody need know.
      opened.catch(() => undefined);
    },
  };
}
