// A lossless WebP with a palette of three colours and pixels that name a fourth (RFC 9649, section 4.4): four pixels wide, of one byte a row.
import { joinWebp } from "./webp-chunks.ts";

/** Bits, lowest first. */
class Bits {
  readonly bytes: number[] = [];
  #bits = 0;
  #count = 0;

  put(value: number, count: number): void {
    for (let at = 0; at < count; at++) {
      this.#bits |= ((value >> at) & 1) << this.#count++;
      if (this.#count === 8) this.flush();
    }
  }

  flush(): void {
    if (this.#count > 0) this.bytes.push(this.#bits);
    this.#bits = this.#count = 0;
  }
}

/** A prefix code of one symbol, which takes no bits, or of two, which take one: the lower is 0. */
function simpleCode(bits: Bits, symbols: readonly number[]): void {
  bits.put(1, 1);
  bits.put(symbols.length - 1, 1);
  bits.put(1, 1);
  for (const symbol of symbols) bits.put(symbol, 8);
}

/** Red, yellow, white. */
const added = [
  [0, 1, 0, 1],
  [1, 0, 0, 0],
  [0, 0, 1, 0],
] as const;

/** Rows of red, yellow, white and an index that the palette lacks. */
export function badPaletteWebp(height: number): Uint8Array<ArrayBuffer> {
  const bits = new Bits();
  bits.put(0x2f, 8);
  bits.put(4 - 1, 14);
  bits.put(height - 1, 14);
  // No alpha, version 0.
  bits.put(0, 1 + 3);
  // A transform: an index into three colours. No other follows.
  bits.put(1, 1);
  bits.put(3, 2);
  bits.put(3 - 1, 8);
  // The colours as an image of their own, each told as what it adds to the one before: nothing, or 255, to each channel.
  bits.put(0, 1);
  for (let channel = 0; channel < 4; channel++) simpleCode(bits, [0, 255]);
  simpleCode(bits, [0]);
  for (const [green, red, blue, alpha] of added)
    for (const isMore of [green, red, blue, alpha]) bits.put(isMore, 1);
  bits.put(0, 1);
  // The picture: no colour cache, no groups of codes; each row is one pixel whose green packs the indices 0, 1, 2 and 3.
  bits.put(0, 1);
  bits.put(0, 1);
  simpleCode(bits, [0b11_10_01_00]);
  for (let code = 0; code < 3; code++) simpleCode(bits, [0]);
  simpleCode(bits, [0]);
  bits.flush();
  return joinWebp([{ id: "VP8L", body: Uint8Array.from([...bits.bytes, 0, 0, 0, 0]) }]);
}
