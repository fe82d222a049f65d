// What is not packed, and PackBits (TIFF 6.0, section 9): counts of what is repeated or copied.
import { noBytes, type Unpacker } from "./unpacker.ts";

export class Plain implements Unpacker {
  #bytes: Uint8Array = noBytes;

  start(): void {
    this.#bytes = noBytes;
  }

  feed(bytes: Uint8Array | null): void {
    this.#bytes = bytes ?? noBytes;
  }

  fill(target: Uint8Array, at: number): number {
    const part = this.#bytes.subarray(0, target.length - at);
    target.set(part, at);
    this.#bytes = this.#bytes.subarray(part.length);
    return at + part.length;
  }
}

export class PackBits implements Unpacker {
  #bytes: Uint8Array = noBytes;
  #at = 0;
  #copied = 0;
  /** One more than the byte is still to come. */
  #repeated = 0;

  start(): void {
    this.#bytes = noBytes;
    this.#at = 0;
    this.#copied = 0;
    this.#repeated = 0;
  }

  feed(bytes: Uint8Array | null): void {
    this.#bytes = bytes ?? noBytes;
    this.#at = 0;
  }

  fill(target: Uint8Array, start: number): number {
    let at = start;
    while (at < target.length && this.#at < this.#bytes.length) {
      if (this.#copied > 0) {
        const end = Math.min(this.#at + this.#copied, this.#at + target.length - at);
        const part = this.#bytes.subarray(this.#at, end);
        target.set(part, at);
        at += part.length;
        this.#at += part.length;
        this.#copied -= part.length;
      } else if (this.#repeated > 0) {
        const count = Math.min(this.#repeated, target.length - at);
        target.fill(this.#bytes[this.#at] ?? 0, at, at + count);
        at += count;
        this.#repeated -= count;
        if (this.#repeated === 0) this.#at++;
      } else {
        const count = this.#bytes[this.#at++] ?? 0;
        if (count < 128) this.#copied = count + 1;
        else if (count > 128) this.#repeated = 257 - count;
      }
    }
    return at;
  }
}
