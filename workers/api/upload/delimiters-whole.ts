// Keeps each delimiter of a form in one chunk, wherever the network cut the body.

const CR = 0x0d;

/**
 * The same bytes in other chunks: no chunk ends within `longest` bytes behind a carriage return, with which every
 * delimiter begins. The parser takes a closing delimiter that is cut before or between its last two hyphens for the
 * start of another part. Each chunk is valid until the next is asked for.
 */
export async function* delimitersWhole(
  chunks: AsyncIterable<Uint8Array>,
  longest: number,
): AsyncGenerator<Uint8Array> {
  let held = new Uint8Array();
  const buffer = new JoinBuffer();
  for await (const chunk of chunks) {
    const joined = held.length === 0 ? chunk : buffer.join(held, chunk);
    const start = joined.lastIndexOf(CR);
    const end = start >= 0 && joined.length - start <= longest ? start : joined.length;
    // A copy: the chunk's buffer may be used again.
    held = joined.slice(end);
    if (end > 0) yield joined.subarray(0, end);
  }
  if (held.length > 0) yield held;
}

/** One behind the other, in the same memory each time. */
class JoinBuffer {
  #bytes = new Uint8Array();

  join(before: Uint8Array, after: Uint8Array): Uint8Array {
    const length = before.length + after.length;
    if (length > this.#bytes.length) this.#bytes = new Uint8Array(length);
    this.#bytes.set(before);
    this.#bytes.set(after, before.length);
    return this.#bytes.subarray(0, length);
  }
}
