// What leaves the JPEG encoder: a bounded buffer the host empties, markers, and entropy-coded bits.

import { alloc } from "../memory";
import { CODES } from "./huffman";

/** The host is asked to take bytes once this many wait. */
const FULL: usize = 64 << 10;
/** Room beyond FULL for what one call may add: markers, or the bytes of one token. */
const MARGIN: usize = 4 << 10;

let start: usize = 0;
let end: usize = 0;
// Bits not yet written, in the low `bitCount` bits.
let bits: u64 = 0;
let bitCount: i32 = 0;

/** False: no memory. */
export function openBytes(): bool {
  start = alloc(FULL + MARGIN);
  end = start;
  bits = 0;
  bitCount = 0;
  return start != 0;
}

export function bytesAt(): usize {
  return start;
}

/** How many bytes wait; they count as taken, but stay readable until the next call that encodes. */
export function takeBytes(): i32 {
  const n = <i32>(end - start);
  end = start;
  return n;
}

export function mustTake(): bool {
  return end - start >= FULL;
}

export function putByte(value: i32): void {
  store<u8>(end++, <u8>value);
}

/** Big-endian, as all numbers in JPEG's markers. */
export function putShort(value: i32): void {
  putByte(value >> 8);
  putByte(value);
}

export function putBlock(from: usize, length: i32): void {
  memory.copy(end, from, length);
  end += length;
}

/**
 * Writes the tokens in [from, to) as codes and extra bits, and answers where it stopped: short of
 * `to` when the buffer is full. A token is a symbol's index (jpeg-out-huffman) | extra bits << 16.
 */
export function putTokens(from: usize, to: usize): usize {
  let at = end;
  let held = bits;
  let count = bitCount;
  let token = from;
  const full = start + FULL;
  while (token < to && at < full) {
    const t = load<u32>(token);
    token += 4;
    const code = load<u32>(CODES + ((t & 1023) << 2));
    const length = <i32>(code >> 27);
    held = (held << length) | (code & 0x07ffffff) | (t >> 16);
    count += length;
    if (count < 32) continue;
    count -= 32;
    const word = <u32>(held >> count);
    // Is any byte FF? Then a zero must be stuffed behind it (T.81 F.1.2.3).
    if (!hasFF(word)) {
      store<u32>(at, bswap(word));
      at += 4;
    } else {
      for (let shift = 24; shift >= 0; shift -= 8) {
        const byte = (word >> shift) & 255;
        store<u8>(at++, <u8>byte);
        if (byte == 255) store<u8>(at++, 0);
      }
    }
  }
  end = at;
  bits = held;
  bitCount = count;
  return token;
}

@inline
function hasFF(word: u32): bool {
  // The classic "has a zero byte" test on the complement.
  const inverse = ~word;
  return ((inverse - 0x01010101) & ~inverse & 0x80808080) != 0;
}

/** Ends a scan: the last byte is filled with ones. */
export function flushBits(): void {
  while (bitCount > 0) {
    const missing = max(8 - bitCount, 0);
    const byte = missing
      ? <i32>((bits << missing) | ((1 << missing) - 1)) & 255
      : <i32>(bits >> (bitCount - 8)) & 255;
    putByte(byte);
    if (byte == 255) putByte(0);
    bitCount -= 8;
  }
  bits = 0;
  bitCount = 0;
}
