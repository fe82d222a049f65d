// Bits of a fax, the most significant first, which can go back to where a line began when its end has not come yet.
import { noBytes } from "./unpacker.ts";

const MOST_CODE_BITS = 16;

export class FaxBits {
  #bytes: Uint8Array = noBytes;
  /** In bits. */
  #at = 0;
  #isWhole = false;

  start(): void {
    this.#bytes = noBytes;
    this.#at = 0;
    this.#isWhole = false;
  }

  feed(bytes: Uint8Array | null): void {
    if (bytes === null) {
      this.#isWhole = true;
      return;
    }
    // Whole words, so that what stands at one still does.
    const used = (this.#at >> 4) << 1;
    const left = this.#bytes.subarray(used);
    const both = new Uint8Array(left.length + bytes.length);
    both.set(left);
    both.set(bytes, left.length);
    this.#bytes = both;
    this.#at -= used * 8;
  }

  get at(): number {
    return this.#at;
  }

  set at(bit: number) {
    this.#at = bit;
  }

  /** Bytes that wait. */
  get waiting(): number {
    return this.#bytes.length - (this.#at >> 3);
  }

  /** A code may reach behind what is here, and more may come. */
  get isShort(): boolean {
    return !this.#isWhole && this.#at + MOST_CODE_BITS > this.#bytes.length * 8;
  }

  /** All bits are used, and none will come. */
  get isOver(): boolean {
    return this.#isWhole && this.#at >= this.#bytes.length * 8;
  }

  /** The next bits, up to 16 of them, not used yet; zeros behind the end. */
  peek(count: number): number {
    const byte = this.#at >> 3;
    const bytes = this.#bytes;
    const three = ((bytes[byte] ?? 0) << 16) | ((bytes[byte + 1] ?? 0) << 8) | (bytes[byte + 2] ?? 0);
    return (three >> (24 - (this.#at & 7) - count)) & ((1 << count) - 1);
  }

  skip(count: number): void {
    this.#at += count;
  }

  /** To the next whole byte, or the next whole word from the strip's beginning. */
  align(bits: number): void {
    this.#at = Math.ceil(this.#at / bits) * bits;
  }
}
