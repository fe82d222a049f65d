// Byte ranges of a body whose length is only known once it has been read: RFC 9110, section 14, one range at a time.

/** An answerable range, its last byte included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The part of `length` bytes that a `Range` header asks for; "unsatisfiable" where it lies beyond the end;
 * undefined where the header is missing, malformed or asks for several parts, which means "answer the whole".
 */
export function parseRange(header: string | null, length: number): ByteRange | "unsatisfiable" | undefined {
  const [, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "") ?? [];
  if (from === "" && to === "") return undefined;
  if (from === "") {
    const suffix = Math.min(Number(to), length);
    return suffix === 0 ? "unsatisfiable" : { first: length - suffix, last: length - 1 };
  }
  const first = Number(from);
  const last = to === "" ? length - 1 : Math.min(Number(to), length - 1);
  if (to !== "" && Number(to) < first) return undefined;
  return first >= length ? "unsatisfiable" : { first, last };
}

/** The bytes of a range, and not one chunk read beyond it. */
export function sliceStream(
  stream: ReadableStream<Uint8Array>,
  { first, last }: ByteRange,
): ReadableStream<Uint8Array> {
  const reader = stream.getReader();
  let at = 0;
  return new ReadableStream({
    async pull(controller) {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return controller.close();
        const part = value.subarray(Math.max(0, first - at), Math.max(0, last + 1 - at));
        at += value.length;
        if (part.length > 0) controller.enqueue(part);
        if (at > last) {
          controller.close();
          await reader.cancel();
        }
        if (part.length > 0 || at > last) return;
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
