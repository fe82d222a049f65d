// The head of a block with tables of its own (RFC 1951, section 3.2.7): lengths of codes, themselves Huffman coded.

import { buildTable, DISTANCE_BITS, DISTANCES, LENGTHS, LITERAL_BITS, LITERALS } from "./tables";

const ORDER = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);
/** The code for the lengths has at most 7 bits: a byte an entry, length of the code and symbol. */
const META_LENGTHS = memory.data(32, 16);
const META = memory.data(128 * 2, 16);
const META_COUNTS = memory.data(8, 16);

/** Bits used so far, counted from the byte that was given. */
let at: usize = 0;
let start: usize = 0;

@inline
function take(count: u32): u32 {
  const value = (load<u32>(start + (at >> 3)) >> (at & 7)) & ((1 << count) - 1);
  at += count;
  return value;
}

/**
 * Reads from the byte at `from`, of which only the upper `unused` bits count (0: the whole of it). Answers the bits used of it and what
 * follows; 0 where no such tables can be. 640 bytes can be read.
 */
export function readTables(from: usize, unused: u32): usize {
  start = from;
  at = unused == 0 ? 0 : 8 - unused;
  const literals = take(5) + 257, distances = take(5) + 1, metas = take(4) + 4;
  if (literals > 286 || distances > 30) return 0;
  memory.fill(META_LENGTHS, 0, 19);
  for (let i: u32 = 0; i < metas; i++) store<u8>(META_LENGTHS + load<u8>(ORDER + i), <u8>take(3));
  if (!buildMeta()) return 0;
  const all = literals + distances;
  for (let i: u32 = 0; i < all; ) {
    const peek = (load<u32>(start + (at >> 3)) >> (at & 7)) & 127;
    const entry = load<u16>(META + (peek << 1));
    if (entry == 0) return 0;
    at += entry & 15;
    const symbol = <u32>entry >> 4;
    if (symbol < 16) {
      store<u8>(LENGTHS + i++, <u8>symbol);
      continue;
    }
    if (symbol == 16 && i == 0) return 0;
    const value = symbol == 16 ? load<u8>(LENGTHS + i - 1) : 0;
    const times = symbol == 16 ? 3 + take(2) : symbol == 17 ? 3 + take(3) : 11 + take(7);
    if (i + times > all) return 0;
    memory.fill(LENGTHS + i, value, times);
    i += times;
  }
  // A block without an end could never end.
  if (load<u8>(LENGTHS + 256) == 0) return 0;
  if (!buildTable(LITERALS, LITERAL_BITS, LENGTHS, literals, false)) return 0;
  return buildTable(DISTANCES, DISTANCE_BITS, LENGTHS + literals, distances, true) ? at : 0;
}

function buildMeta(): bool {
  memory.fill(META_COUNTS, 0, 8);
  for (let symbol: u32 = 0; symbol < 19; symbol++) {
    const place = META_COUNTS + load<u8>(META_LENGTHS + symbol);
    store<u8>(place, load<u8>(place) + 1);
  }
  memory.fill(META, 0, 256);
  let code: u32 = 0, left: i32 = 1;
  for (let length: u32 = 1; length <= 7; length++) {
    code <<= 1;
    left = (left << 1) - load<u8>(META_COUNTS + length);
    if (left < 0) return false;
    for (let symbol: u32 = 0; symbol < 19; symbol++) {
      if (load<u8>(META_LENGTHS + symbol) != length) continue;
      let turned: u32 = 0;
      for (let bit: u32 = 0; bit < length; bit++) turned |= ((code >> bit) & 1) << (length - 1 - bit);
      for (; turned < 128; turned += 1 << length) store<u16>(META + (turned << 1), <u16>((symbol << 4) | length));
      code++;
    }
  }
  return left == 0;
}
