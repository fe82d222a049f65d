// LZW as TIFF packs it (TIFF 6.0, section 13): the most significant bit first, codes of 9 to 12 bits, each width left one code early.
import { Damage } from "../../../../formats/damage.ts";
import { noBytes, type Unpacker } from "./unpacker.ts";

const CLEAR = 256;
const END = 257;
const MOST_CODES = 4_096;

export class Lzw implements Unpacker {
  // The string of a code: that of another, and one byte more.
  readonly #prefix = new Uint16Array(MOST_CODES);
  readonly #suffix = Uint8Array.from({ length: MOST_CODES }, (_, code) => code & 255);
  readonly #first = Uint8Array.from({ length: MOST_CODES }, (_, code) => code & 255);
  readonly #length = new Uint16Array(MOST_CODES).fill(1);
  /** The end of a string that did not fit. */
  readonly #spill = new Uint8Array(MOST_CODES);
  #spilt: Uint8Array = noBytes;

  #bytes: Uint8Array = noBytes;
  #at = 0;
  #bits = 0;
  #bitCount = 0;
  #width = 9;
  #next = END + 1;
  #before = -1;
  #isOver = false;

  start(): void {
    this.#spilt = noBytes;
    this.#bytes = noBytes;
    this.#at = 0;
    this.#bits = 0;
    this.#bitCount = 0;
    this.#isOver = false;
    this.#clear();
  }

  #clear(): void {
    this.#width = 9;
    this.#next = END + 1;
    this.#before = -1;
  }

  feed(bytes: Uint8Array | null): void {
    this.#bytes = bytes ?? noBytes;
    this.#at = 0;
  }

  fill(target: Uint8Array, start: number): number {
    let at = this.#pour(target, start);
    const bytes = this.#bytes;
    let read = this.#at;
    let bits = this.#bits;
    let bitCount = this.#bitCount;
    while (at < target.length && !this.#isOver) {
      const width = this.#width;
      while (bitCount < width && read < bytes.length) {
        bits = (bits << 8) | (bytes[read++] ?? 0);
        bitCount += 8;
      }
      if (bitCount < width) break;
      bitCount -= width;
      const code = bits >>> bitCount;
      bits &= (1 << bitCount) - 1;
      if (code === CLEAR) this.#clear();
      else if (code === END) this.#isOver = true;
      else at = this.#write(this.#learn(code), target, at);
    }
    this.#at = read;
    this.#bits = bits;
    this.#bitCount = bitCount;
    return at;
  }

  /** Adds the string that this code and the one before make. */
  #learn(code: number): number {
    const before = this.#before;
    const next = this.#next;
    if (code > (before < 0 ? 255 : next) || (code === next && next >= MOST_CODES))
      throw new Damage("its LZW codes are damaged");
    if (before >= 0 && next < MOST_CODES) {
      this.#prefix[next] = before;
      this.#length[next] = (this.#length[before] ?? 0) + 1;
      this.#first[next] = this.#first[before] ?? 0;
      this.#suffix[next] = this.#first[code === next ? before : code] ?? 0;
      this.#next = next + 1;
      if (this.#next === (1 << this.#width) - 1 && this.#width < 12) this.#width++;
    }
    this.#before = code;
    return code;
  }

  #write(code: number, target: Uint8Array, at: number): number {
    const length = this.#length[code] ?? 0;
    if (at + length > target.length) {
      this.#spell(code, this.#spill, length);
      this.#spilt = this.#spill.subarray(0, length);
      return this.#pour(target, at);
    }
    if (length === 1) target[at] = code;
    else this.#spell(code, target, at + length);
    return at + length;
  }

  /** From its last byte, which stands before `end`, to its first. */
  #spell(code: number, target: Uint8Array, end: number): void {
    const prefix = this.#prefix;
    const suffix = this.#suffix;
    let from = code;
    let at = end;
    for (let left = this.#length[code] ?? 0; left > 0; left--) {
      target[--at] = suffix[from] ?? 0;
      from = prefix[from] ?? 0;
    }
  }

  #pour(target: Uint8Array, at: number): number {
    const part = this.#spilt.subarray(0, target.length - at);
    target.set(part, at);
    this.#spilt = this.#spilt.subarray(part.length);
    return at + part.length;
  }
}
