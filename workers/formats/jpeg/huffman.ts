// Huffman codes of a JPEG, as far as it takes to find out where a scan ends (T.81, annexes C and F).

const FAST_BITS = 9;

/** Tells a code's length and symbol from the bits ahead. */
export class HuffmanCode {
  /** By the next nine bits: length * 256 + symbol; 0 where the code is longer. */
  readonly #fast = new Uint16Array(1 << FAST_BITS);
  /** By length: codes of it, aligned to 16 bits, lie below this. */
  readonly #limits = new Int32Array(18);
  readonly #offsets = new Int32Array(18);
  readonly #symbols: Uint8Array;

  /** `counts` of codes by length, 16 of them, and their symbols, shortest first. */
  constructor(counts: Uint8Array, symbols: Uint8Array) {
    this.#symbols = symbols;
    let code = 0;
    let index = 0;
    for (let length = 1; length <= 16; length++) {
      const count = counts[length - 1] ?? 0;
      this.#offsets[length] = index - code;
      for (let one = 0; one < count && length <= FAST_BITS; one++) {
        const first = (code + one) << (FAST_BITS - length);
        this.#fast.fill(
          length * 256 + (symbols[index + one] ?? 0),
          first,
          first + (1 << (FAST_BITS - length)),
        );
      }
      code += count;
      index += count;
      this.#limits[length] = code << (16 - length);
      code <<= 1;
    }
  }

  /** The code that begins 16 bits: its length * 256 and its symbol. Bits that are no code count as sixteen, and as symbol 0. */
  find(bits: number): number {
    const known = this.#fast[bits >> (16 - FAST_BITS)] ?? 0;
    if (known > 0) return known;
    for (let length = FAST_BITS + 1; length <= 16; length++) {
      if (bits >= (this.#limits[length] ?? 0)) continue;
      const index = (this.#offsets[length] ?? 0) + (bits >> (16 - length));
      return length * 256 + (this.#symbols[index] ?? 0);
    }
    return 16 * 256;
  }
}

/** The codes of a file so far: class (0 DC, 1 AC) * 16 + slot. */
export type HuffmanCodes = Map<number, HuffmanCode>;

/** Takes up what a DHT segment defines (B.2.4.2). */
export function defineCodes(codes: HuffmanCodes, body: Uint8Array): void {
  for (let at = 0; at + 17 <= body.length; ) {
    const counts = body.subarray(at + 1, at + 17);
    const total = counts.reduce((sum, count) => sum + count, 0);
    codes.set(body[at] ?? 0, new HuffmanCode(counts, body.subarray(at + 17, at + 17 + total)));
    at += 17 + total;
  }
}
