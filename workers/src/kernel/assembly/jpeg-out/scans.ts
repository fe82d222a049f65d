// Blocks to tokens in progressive scans (T.81 Annex G): a band of coefficients, some of their bits.
//
// Two things cross from block to block: a run of blocks whose band has ended, and the correction bits
// of coefficients that were known already, which follow the symbol that ends the run.

import { ZIGZAG } from "./tables";
import { RAW } from "./huffman";
import { addToken, extraBits, magnitudeBits } from "./tokens";

const MOST_RUN = 0x7fff;
/** Correction bits held at most; a block adds 63. */
const MOST_BITS = 1000;
const heldBits = memory.data(1024);
const magnitudes = memory.data(64 * 2, 16);

let endRun: i32 = 0;
let held: i32 = 0;

export function startScan(): void {
  endRun = 0;
  held = 0;
}

/** G.1.2.1, first scan: the difference of what remains above the low bits. Answers the value to differ from. */
export function addDc(block: usize, low: i32, before: i32, table: i32): i32 {
  const dc = <i32>load<i16>(block) >> low;
  const difference = dc - before;
  const size = magnitudeBits(difference);
  addToken((table << 8) | size | (extraBits(difference, size) << 16));
  return dc;
}

/** Later scans: the next bit as it is. */
export function addDcBit(block: usize, low: i32): void {
  addToken((RAW + 1) | (((<i32>load<i16>(block) >> low) & 1) << 16));
}

@inline
function coefficient(block: usize, k: i32): i32 {
  return load<i16>(block + ((<usize>load<u8>(ZIGZAG + k)) << 1));
}

/** G.1.2.2: coefficients `from`..`to` without their `low` lowest bits. */
export function addBand(block: usize, from: i32, to: i32, low: i32, table: i32): void {
  let run = 0;
  for (let k = from; k <= to; k++) {
    const v = coefficient(block, k);
    // The point transform divides towards zero.
    const size = 32 - clz(abs(v) >> low);
    if (size == 0) {
      run++;
      continue;
    }
    endBands(table);
    for (; run > 15; run -= 16) addToken((table << 8) | 0xf0);
    const cut = v < 0 ? -(-v >> low) : v >> low;
    addToken((table << 8) | (run << 4) | size | (extraBits(cut, size) << 16));
    run = 0;
  }
  if (run > 0 && ++endRun == MOST_RUN) endBands(table);
}

/** G.1.2.3: one more bit of those, and the coefficients that it makes new. */
export function refineBand(block: usize, from: i32, to: i32, low: i32, table: i32): void {
  let lastNew = 0;
  for (let k = from; k <= to; k++) {
    const m = abs(coefficient(block, k)) >> low;
    store<u16>(magnitudes + (k << 1), <u16>m);
    if (m == 1) lastNew = k;
  }
  let run = 0;
  // Bits of this block lie behind those that wait for the end of the run.
  let first = held;
  for (let k = from; k <= to; k++) {
    const m = <i32>load<u16>(magnitudes + (k << 1));
    if (m == 0) {
      run++;
      continue;
    }
    for (; run > 15 && k <= lastNew; run -= 16) {
      first = endBandsBefore(first, table);
      addToken((table << 8) | 0xf0);
      addHeldBits(first);
      first = 0;
    }
    if (m > 1) {
      store<u8>(heldBits + held++, <u8>(m & 1));
      continue;
    }
    first = endBandsBefore(first, table);
    const sign: u32 = coefficient(block, k) < 0 ? 0 : 1;
    addToken((table << 8) | (run << 4) | 1 | (sign << 16));
    addHeldBits(first);
    first = 0;
    run = 0;
  }
  if (run == 0 && held == first) return;
  if (++endRun == MOST_RUN || held > MOST_BITS - 63) endBands(table);
}

/** Writes the run of ended blocks, with the correction bits that belong to it. */
export function endBands(table: i32): void {
  if (endRun == 0) return;
  addEndOfBands(table);
  addHeldBits(0);
}

/** The same when the block at hand has added bits of its own, from `first` on; answers where they are now. */
function endBandsBefore(first: i32, table: i32): i32 {
  if (endRun == 0) return first;
  addEndOfBands(table);
  addBits(0, first);
  memory.copy(heldBits, heldBits + first, held - first);
  held -= first;
  return 0;
}

/** Figure G.3: the symbol says how many bits the run's length has, without the leading one. */
function addEndOfBands(table: i32): void {
  const bits = 31 - clz(endRun);
  addToken((table << 8) | (bits << 4) | ((endRun & ((1 << bits) - 1)) << 16));
  endRun = 0;
}

function addHeldBits(from: i32): void {
  addBits(from, held);
  held = from;
}

function addBits(from: i32, to: i32): void {
  for (let at = from; at < to; at += 16) {
    const n = min(to - at, 16);
    let bits: u32 = 0;
    for (let i = 0; i < n; i++) bits = (bits << 1) | load<u8>(heldBits + at + i);
    addToken((RAW + n) | (bits << 16));
  }
}
