// Huffman tables of DEFLATE (RFC 1951, section 3.2): one lookup for codes of up to so many bits, a canonical search beyond.
//
// An entry says all about its symbol:  bits 0..3 length of the code (0: not in the table)   4..7 extra bits
//                                      8..9 kind   16..31 a literal, or the base of a length or distance

export const LITERAL: u32 = 0;
export const BASE: u32 = 1;
export const END: u32 = 2;
const NOT_A_SYMBOL: u32 = 3;

export const LITERAL_BITS: u32 = 11;
export const DISTANCE_BITS: u32 = 9;
const MOST_BITS: u32 = 15;

// Section 3.2.5: what a length or distance symbol starts at, and the bits that follow it.
const LENGTH_BASE = memory.data<u16>([
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
]);
const LENGTH_EXTRA = memory.data<u8>([
  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
]);
const DISTANCE_BASE = memory.data<u16>([
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193,
  12289, 16385, 24577,
]);
const DISTANCE_EXTRA = memory.data<u8>([
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
]);

// A table: its entries, then how many codes there are of each length, then the symbols in the order of their codes.
const COUNTS_BYTES: usize = 16 * 2;
const MOST_SYMBOLS: usize = 288;
export const LITERALS = memory.data((1 << 11) * 4 + 32 + 288 * 2, 16);
export const DISTANCES = memory.data((1 << 9) * 4 + 32 + 288 * 2, 16);

/** Where the lengths of codes are put for `buildTable`, a byte a symbol. */
export const LENGTHS = memory.data(640, 16);
const NEXT_CODE = memory.data(16 * 2, 16);

function literalEntry(symbol: u32): u32 {
  if (symbol < 256) return (symbol << 16) | (LITERAL << 8);
  if (symbol == 256) return END << 8;
  const at = symbol - 257;
  if (at > 28) return NOT_A_SYMBOL << 8;
  return (<u32>load<u16>(LENGTH_BASE + (at << 1)) << 16) | (BASE << 8) | (<u32>load<u8>(LENGTH_EXTRA + at) << 4);
}

function distanceEntry(symbol: u32): u32 {
  if (symbol > 29) return NOT_A_SYMBOL << 8;
  return (<u32>load<u16>(DISTANCE_BASE + (symbol << 1)) << 16) | (BASE << 8)
    | (<u32>load<u8>(DISTANCE_EXTRA + symbol) << 4);
}

@inline
function entryOf(symbol: u32, isDistance: bool): u32 {
  return isDistance ? distanceEntry(symbol) : literalEntry(symbol);
}

/** From `count` lengths at `lengths`; false where no such code can be (too many codes, or too few but for a single one). */
export function buildTable(table: usize, bits: u32, lengths: usize, count: u32, isDistance: bool): bool {
  const counts = table + (4 << bits);
  const symbols = counts + COUNTS_BYTES;
  memory.fill(counts, 0, COUNTS_BYTES);
  for (let symbol: u32 = 0; symbol < count; symbol++) {
    const at = counts + (<usize>load<u8>(lengths + symbol) << 1);
    store<u16>(at, load<u16>(at) + 1);
  }
  const used = count - load<u16>(counts);
  store<u16>(counts, 0);
  let left: i32 = 1;
  let code: u32 = 0, index: u32 = 0;
  for (let length: u32 = 1; length <= MOST_BITS; length++) {
    const many = <u32>load<u16>(counts + (length << 1));
    left = (left << 1) - many;
    if (left < 0) return false;
    // Where this length's symbols begin: the search counts the same way.
    store<u16>(NEXT_CODE + (length << 1), <u16>index);
    index += many;
  }
  if (left > 0 && !(isDistance && used <= 1)) return false;
  for (let symbol: u32 = 0; symbol < count; symbol++) {
    const length = <usize>load<u8>(lengths + symbol);
    if (length == 0) continue;
    const place = <usize>load<u16>(NEXT_CODE + (length << 1));
    store<u16>(NEXT_CODE + (length << 1), <u16>(place + 1));
    store<u16>(symbols + (place << 1), <u16>symbol);
  }
  memory.fill(table, 0, 4 << bits);
  index = 0;
  for (let length: u32 = 1; length <= bits; length++) {
    const step: u32 = 1 << length;
    for (let n = <u32>load<u16>(counts + (length << 1)); n > 0; n--) {
      const entry = entryOf(load<u16>(symbols + (index << 1)), isDistance) | length;
      // Codes come most significant bit first, into a buffer that is read from its least.
      for (let at = reversed(code, length); at < <u32>(1 << bits); at += step) store<u32>(table + (at << 2), entry);
      code++;
      index++;
    }
    code <<= 1;
  }
  return true;
}

function reversed(code: u32, length: u32): u32 {
  let turned: u32 = 0;
  for (; length > 0; length--) {
    turned = (turned << 1) | (code & 1);
    code >>= 1;
  }
  return turned;
}

/** The entry of a code that is longer than the table is wide; 0 where there is none. */
export function searchCode(table: usize, bits: u32, buffer: u64, isDistance: bool): u32 {
  const counts = table + (4 << bits);
  const symbols = counts + COUNTS_BYTES;
  let code: i32 = 0, first: i32 = 0, index: i32 = 0;
  for (let length: u32 = 1; length <= MOST_BITS; length++) {
    code |= <i32>(buffer & 1);
    buffer >>= 1;
    const many = <i32>load<u16>(counts + (length << 1));
    if (code - many < first) return entryOf(load<u16>(symbols + ((index + code - first) << 1)), isDistance) | length;
    index += many;
    first = (first + many) << 1;
    code <<= 1;
  }
  return 0;
}

/** The codes of section 3.2.6, which need not be sent. */
export function buildFixed(): void {
  memory.fill(LENGTHS, 8, 144);
  memory.fill(LENGTHS + 144, 9, 112);
  memory.fill(LENGTHS + 256, 7, 24);
  memory.fill(LENGTHS + 280, 8, 8);
  buildTable(LITERALS, LITERAL_BITS, LENGTHS, 288, false);
  memory.fill(LENGTHS, 5, 32);
  buildTable(DISTANCES, DISTANCE_BITS, LENGTHS, 32, true);
}
