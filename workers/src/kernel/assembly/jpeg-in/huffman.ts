// Huffman tables: one lookup a symbol.
//
// A DHT segment gives code lengths and symbols. Before a scan they are spread into a table indexed by the
// next 10 bits, whose entry holds everything where code and extra bits fit into these 10:
//
//   bits 0..5    bits used, code and extra bits together
//   bit 7        SLOW: the code alone fits (symbol in bits 8..15, its length in 0..5), or not even that (length 0)
//   bits 8..15   zeros before the coefficient; 64 for "end of block", which carries k past the block's end
//   bits 16..31  the coefficient's value, sign extended

import { huffmanLength, standardHuffman } from "../jpeg-out/tables";
import { DAMAGED, OK } from "../status";

export const FAST_BITS: i32 = 10;
export const SLOW: u32 = 0x80;
/** The run that means end of block. */
const END: u32 = 64;

export const DC: i32 = 0;
export const AC: i32 = 1;

// Layout of one table.
const FAST: usize = 0;
const LIMITS: usize = 4096;
const OFFSETS: usize = LIMITS + 72;
const COUNTS: usize = OFFSETS + 72;
const SYMBOLS: usize = COUNTS + 32;
const KIND: usize = SYMBOLS + 256;
const SIZE: usize = KIND + 16;

const tables = memory.data(8 * 4544, 16);

/** What a table's entries were spread for: nothing yet, or one of the kinds below. */
const UNDEFINED: u8 = 0;
const UNSPREAD: u8 = 1;
export const DIFFERENCES: u8 = 2;
export const COEFFICIENTS: u8 = 3;
/** Symbols as they are, for the scans of a progressive picture: all entries SLOW. */
export const RAW_SYMBOLS: u8 = 4;

// @ts-ignore: decorator
@inline
export function tableOf(kind: i32, slot: i32): usize {
  return tables + <usize>(kind * 4 + slot) * SIZE;
}

/** What is left are the tables of Annex K in the first two slots: frames of Motion JPEG don't bring them along. */
export function forgetTables(): void {
  for (let i: usize = 0; i < 8; i++) store<u8>(tables + i * SIZE, UNDEFINED, KIND);
  for (let slot = 0; slot < 2; slot++) {
    for (let kind = DC; kind <= AC; kind++) {
      const spec = standardHuffman(slot * 2 + kind);
      define(tableOf(kind, slot), spec, huffmanLength(spec));
    }
  }
}

/** `spec` as DHT has it: 16 counts, then `total` symbols. */
function define(table: usize, spec: usize, total: i32): void {
  memory.copy(table + COUNTS, spec, 16);
  memory.fill(table + SYMBOLS, 0, 256);
  memory.copy(table + SYMBOLS, spec + 16, total);
  store<u8>(table, UNSPREAD, KIND);
}

/** Reads a DHT segment's body, which may hold several tables. */
export function readTables(at: usize, length: i32): i32 {
  const end = at + length;
  while (at + 17 <= end) {
    const head = <i32>load<u8>(at++);
    if (head >> 4 > 1 || (head & 15) > 3) return DAMAGED;
    const table = tableOf(head >> 4, head & 15);
    let total = 0;
    // The code space left at each length: a table that overfills it is no prefix code.
    let room = 1;
    for (let i = 0; i < 16; i++) {
      const count = <i32>load<u8>(at + i);
      room = (room << 1) - count;
      total += count;
      if (room < 0 || total > 256) return DAMAGED;
    }
    if (at + 16 + total > end) return DAMAGED;
    define(table, at, total);
    at += 16 + total;
  }
  return OK;
}

/** Makes a table ready for a scan; DAMAGED when no DHT defined it. */
export function spread(table: usize, kind: u8): i32 {
  const have = load<u8>(table, KIND);
  if (have == UNDEFINED) return DAMAGED;
  if (have == kind) return OK;
  store<u8>(table, kind, KIND);
  memory.fill(table + FAST, 0, 4096);
  let code = 0;
  let index = 0;
  for (let length = 1; length <= 16; length++) {
    const count = <i32>load<u8>(table + COUNTS + length - 1);
    store<i32>(table + OFFSETS + length * 4, index - code);
    if (length <= FAST_BITS) {
      for (let i = 0; i < count; i++) {
        const symbol = <u32>load<u8>(table + SYMBOLS + index + i);
        const first = (code + i) << (FAST_BITS - length);
        for (let low = 0; low < 1 << (FAST_BITS - length); low++) {
          store<u32>(table + ((<usize>(first + low)) << 2), entryOf(symbol, length, first + low, kind), FAST);
        }
      }
    }
    code += count;
    index += count;
    // Left-aligned to 16 bits: codes of this length lie below it.
    store<i32>(table + LIMITS + length * 4, code << (16 - length));
    code <<= 1;
  }
  // Entries of codes over 10 bits (and of no code at all) stay "SLOW, length 0".
  for (let i: usize = 0; i < 1 << FAST_BITS; i++) {
    if (load<u32>(table + (i << 2)) == 0) store<u32>(table + (i << 2), SLOW);
  }
  return OK;
}

/** The entry of `symbol`, whose code of `length` bits begins the 10 bits `window`. */
function entryOf(symbol: u32, length: i32, window: i32, kind: u8): u32 {
  const slow = SLOW | length | (symbol << 8);
  if (kind == RAW_SYMBOLS) return slow;
  const size = <i32>(symbol & 15);
  if (length + size > FAST_BITS) return slow;
  return whole(symbol, length, (<u64>window) << (64 - FAST_BITS), kind);
}

// @ts-ignore: decorator
@inline
function whole(symbol: u32, length: i32, bits: u64, kind: u8): u32 {
  const size = <i32>(symbol & 15);
  let run = kind == DIFFERENCES ? 0 : symbol >> 4;
  if (size == 0) {
    // Only a run of 15 is a real run of zeros (ZRL), and its last zero is the "coefficient" itself.
    if (kind == COEFFICIENTS && run != 15) run = END;
    return <u32>length | (run << 8);
  }
  return <u32>(length + size) | (run << 8) | (<u32>extend((bits << length) >> (64 - size), size) << 16);
}

/** F.12: the value that `size` extra bits stand for. */
// @ts-ignore: decorator
@inline
export function extend(bits: u64, size: i32): i32 {
  const value = <i32>bits;
  return value < 1 << (size - 1) ? value - (1 << size) + 1 : value;
}

/** The symbol whose code begins `bits` (most significant first), with the code's length above it: length << 8 | symbol. */
export function symbolAt(table: usize, bits: u64): u32 {
  const entry = load<u32>(table + ((<usize>(bits >> 54)) << 2), FAST);
  const known = entry & 63;
  if (known) return (known << 8) | ((entry >> 8) & 255);
  const code = <i32>(bits >> 48);
  let length = FAST_BITS + 1;
  while (length <= 16 && code >= load<i32>(table + LIMITS + length * 4)) length++;
  // No such code: damaged bits. Answering symbol 0 of 16 bits keeps the pace.
  if (length > 16) return 16 << 8;
  const index = load<i32>(table + OFFSETS + length * 4) + (code >> (16 - length));
  return (<u32>length << 8) | load<u8>(table + SYMBOLS + (index & 255));
}

/** What a SLOW entry of a DC table comes to, in the form of a fast one. Needs 31 valid bits. */
export function slowDifference(table: usize, bits: u64): u32 {
  const found = symbolAt(table, bits);
  return whole(found & 255, found >> 8, bits, DIFFERENCES);
}

/** The same for an AC table. */
export function slowCoefficient(table: usize, bits: u64): u32 {
  const found = symbolAt(table, bits);
  return whole(found & 255, found >> 8, bits, COEFFICIENTS);
}
