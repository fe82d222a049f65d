// Unpacks a frame's LZW codes into colour indices (GIF89a specification, appendix F).

/** How the codes ended: all pixels came; the writer said stop; the codes ran out; a code makes no sense. */
export type LzwEnd = "full" | "stopped" | "ran-out" | "garbage";

export interface Unpacked {
  readonly end: LzwEnd;
  /** Pixels, in the order in which they are stored. */
  readonly written: number;
}

const MAX_CODES = 4096;
// A string of the table is a stretch of what was already written: its start and length. The string "previous + first
// of this" lies there contiguous, so a new entry costs two stores and no chain is ever walked backwards.
const starts = new Int32Array(MAX_CODES);
const lengths = new Int32Array(MAX_CODES);

/** Fills `out` from the sub-blocks at `at`. Work is bounded by the codes' bits plus `out`'s length. */
export function unpackIndices(
  bytes: Uint8Array,
  at: number,
  minimumCodeSize: number,
  out: Uint8Array,
): Unpacked {
  const clear = 1 << minimumCodeSize;
  const total = out.length;
  let size = minimumCodeSize + 1;
  let next = clear + 2;
  let bits = 0;
  let bitCount = 0;
  let left = 0;
  let written = 0;
  let previousStart = 0;
  let previousLength = 0;
  while (written < total) {
    while (bitCount < size) {
      if (left === 0) {
        const length = bytes[at++] ?? 0;
        left = Math.min(length, bytes.length - at);
        if (left <= 0) return { end: "ran-out", written };
      }
      bits |= (bytes[at++] ?? 0) << bitCount;
      bitCount += 8;
      left--;
    }
    const code = bits & ((1 << size) - 1);
    bits >>>= size;
    bitCount -= size;

    const start = written;
    let length = 1;
    if (code < clear) {
      out[written++] = code;
    } else if (code === clear) {
      size = minimumCodeSize + 1;
      next = clear + 2;
      previousLength = 0;
      continue;
    } else if (code === clear + 1) {
      return { end: "stopped", written };
    } else {
      if (previousLength === 0 || code > next) return { end: "garbage", written };
      // The code that is only now being defined repeats the previous string and its first index.
      let from = code === next ? previousStart : (starts[code] ?? 0);
      length = code === next ? previousLength + 1 : (lengths[code] ?? 0);
      const end = Math.min(total, written + length);
      while (written < end) out[written++] = out[from++] ?? 0;
    }
    if (previousLength !== 0 && next < MAX_CODES) {
      starts[next] = previousStart;
      lengths[next] = previousLength + 1;
      next++;
      if (next === 1 << size && size < 12) size++;
    }
    previousStart = start;
    previousLength = length;
  }
  return { end: "full", written };
}
