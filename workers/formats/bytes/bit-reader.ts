// Reads a header that is told in bits, most significant first; running past its end is damage.
import { Damage } from "../damage.ts";

export class BitReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** An unsigned number of 0 to 32 bits. */
  bits(count: number): number {
    let value = 0;
    for (let index = 0; index < count; index++) {
      const byte = this.#bytes[this.#at >> 3];
      if (byte === undefined) throw new Damage("a header is cut off");
      value = value * 2 + ((byte >> (7 - (this.#at & 7))) & 1);
      this.#at++;
    }
    return value;
  }

  flag(): boolean {
    return this.bits(1) === 1;
  }

  skip(count: number): void {
    this.#at += count;
  }

  /** An Exp-Golomb number: as many zeros as bits follow the one. `ue(v)` in HEVC, `uvlc()` in AV1. */
  golomb(): number {
    let zeros = 0;
    while (!this.flag()) if (++zeros > 31) throw new Damage("a number in a header is too long");
    return 2 ** zeros - 1 + this.bits(zeros);
  }
}
