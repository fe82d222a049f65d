// Quantised blocks to tokens, the symbols of T.81 F.1.2 with their extra bits, before any code is chosen.
//
// Holding tokens instead of coefficients makes optimised tables cheap: 4 bytes for each coefficient
// that is not zero, so a small picture fits whole, and of a large one the beginning is counted.

import { alloc } from "../memory";
import { putTokens } from "./bytes";
import { addPrior, buildTable, clearTables, COUNTS } from "./huffman";
import { ZIGZAG } from "./tables";

/** Never more than this many bytes of tokens from one block: a DC symbol, 63 AC symbols, an end. */
export const BLOCK_TOKENS: usize = 65 * 4;
/** Once codes are fixed, tokens are written before they leave the processor's nearest cache. */
const BATCH: usize = 16 << 10;

let start: usize = 0;
let limit: usize = 0;
let end: usize = 0;
let written: usize = 0;

/** Room for `bytes` of tokens; false: no memory. */
export function openTokens(bytes: usize): bool {
  start = alloc(bytes);
  limit = start + bytes;
  end = start;
  written = start;
  clearTables();
  return start != 0;
}

/** May `bytes` more be added? */
export function hasTokenRoom(bytes: usize, fixed: bool): bool {
  const most = fixed ? min(limit, start + max(BATCH, bytes)) : limit;
  return end + bytes <= most;
}

/** Bits to hold |v|, T.81 Table F.1. */
@inline
function magnitudeBits(v: i32): i32 {
  return 32 - clz(abs(v));
}

@inline
function extraBits(v: i32, size: i32): u32 {
  // Negative values are sent as v - 1 in two's complement, cut to `size` bits.
  return <u32>((v + (v >> 31)) & ((1 << size) - 1));
}

/** A block's tokens. `table` is 0 for luma, 2 for chroma; `mask` as transformBlock answers it. */
export function addBlock(block: usize, mask: u64, difference: i32, table: i32): void {
  let at = end;
  const dcSize = magnitudeBits(difference);
  store<u32>(at, (table << 8) | dcSize | (extraBits(difference, dcSize) << 16));
  at += 4;
  const ac = (table + 1) << 8;
  let last = 0;
  let rest = mask & ~1;
  while (rest) {
    const k = <i32>ctz(rest);
    rest &= rest - 1;
    let run = k - last - 1;
    last = k;
    while (run > 15) {
      store<u32>(at, ac | 0xf0);
      at += 4;
      run -= 16;
    }
    const v = <i32>load<i16>(block + ((<usize>load<u8>(ZIGZAG + k)) << 1));
    const size = magnitudeBits(v);
    store<u32>(at, ac | (run << 4) | size | (extraBits(v, size) << 16));
    at += 4;
  }
  if (last != 63) {
    store<u32>(at, ac);
    at += 4;
  }
  end = at;
}

/** Adds the symbols held to the counts. */
function countTokens(): void {
  for (let token = start; token < end; token += 4) {
    const at = COUNTS + ((load<u32>(token) & 1023) << 2);
    store<u32>(at, load<u32>(at) + 1);
  }
}

/** Chooses the tables by the tokens held. When more will come, every possible symbol gets a code. */
export function fixTables(tables: i32, moreWillCome: bool): void {
  countTokens();
  for (let table = 0; table < tables; table++) {
    if (moreWillCome) addPrior(table);
    buildTable(table);
  }
}

/** Writes what is held; false: the output must be taken first. */
export function writeTokens(): bool {
  written = putTokens(written, end);
  if (written < end) return false;
  end = start;
  written = start;
  return true;
}
